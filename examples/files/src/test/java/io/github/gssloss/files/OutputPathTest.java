/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links are for administrators there")
class OutputPathTest {

    @TempDir private Path folder;
    private Path input;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("real/deep"));
        input = Files.writeString(folder.resolve("real/deep/input"), "text");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    }

    @Test
    void linksLeadToTheSameFile() throws IOException {
        Path linked = Files.createSymbolicLink(folder.resolve("to-file"), input);
        Path hard = Files.createLink(folder.resolve("hard"), input);
        for (Path same :
                new Path[] {
                    linked,
                    hard,
                    folder.resolve("link/deep/input"),
                    folder.resolve("real/../link/deep/input")
                }) {
            assertThat(OutputPath.is(same, input)).as("%s", same).isTrue();
        }
        Path copy = Files.copy(input, folder.resolve("copy"));
        assertThat(OutputPath.is(copy, input)).isFalse();
        assertThat(OutputPath.is(folder.resolve("link/deep/new"), input)).isFalse();
    }

    @Test
    void aFolderThatHoldsAnInputIsRefused() {
        for (String holds : new String[] {"real", "real/deep", "link", "link/deep"}) {
            Path out = folder.resolve(holds);
            assertThatThrownBy(() -> OutputPath.requireOutside(out, input))
                    .isInstanceOf(UserInputException.class)
                    .hasMessage(
                            out + ": expected a folder for results, but it holds %s, which is read",
                            input);
        }
        for (String other : new String[] {"new", "real/deeper", "real/deep/new"}) {
            assertThatCode(() -> OutputPath.requireOutside(folder.resolve(other), input))
                    .doesNotThrowAnyException();
        }
    }
}
