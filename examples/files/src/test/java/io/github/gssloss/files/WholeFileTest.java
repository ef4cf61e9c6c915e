/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() throws IOException {
        file = folder.resolve("file");
        WholeFile.write(file, "before");
    }

    @Test
    void replacesAFileAndLeavesNothingBeside() throws IOException {
        assertThat(file).hasContent("before");
        WholeFile.write(
                file,
                out -> {
                    out.write("a".getBytes(StandardCharsets.UTF_8));
                    assertThat(file).hasContent("before");
                });

        assertThat(file).hasContent("a");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void twoWhoWriteASharedFileDoNotMeet() throws IOException {
        WholeFile.writeShared(
                file,
                out -> {
                    out.write(new byte[100_000]);
                    WholeFile.writeShared(file, other -> other.write('b'));
                    assertThat(file).hasContent("b");
                });

        assertThat(file).hasBinaryContent(new byte[100_000]);
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void whatFailsOnTheWayLeavesTheFileAsItWas() {
        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        file,
                                        out -> {
                                            out.write(new byte[100_000]);
                                            throw new IOException("torn");
                                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("torn");

        assertThat(file).hasContent("before");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "/dev/full is Linux's")
    void aFullDiskLeavesTheFileAsItWas() throws IOException {
        Files.createSymbolicLink(
                folder.resolve("file" + WholeFile.TEMPORARY), Path.of("/dev/full"));

        assertThatThrownBy(() -> WholeFile.write(file, "after"))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(file).hasContent("before");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void aFolderThatIsWholeGetsItsName() throws IOException {
        Path made = Files.createDirectory(folder.resolve("made"));
        Files.move(file, made.resolve("file"));
        WholeFile.rename(made, folder.resolve("named"));

        assertThat(folder.resolve("named/file")).hasContent("before");
        assertThat(made).doesNotExist();
    }
}
