/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemporaryFolderTest {

    /** A process that makes a folder with two files, says where, and ends in its own way. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) throws IOException {
            TemporaryFolder folder = TemporaryFolder.create("gss-test");
            Files.writeString(folder.file("a.txt"), "a");
            Files.writeString(folder.file("inside/b.txt"), "b");
            Files.writeString(Path.of(args[0]), folder.path().toString());
            switch (args[1]) {
                case "return" -> {}
                case "exit" -> StopSignal.exit(0);
                default -> StopSignal.halt(0);
            }
        }
    }

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"return", "exit", "halt"})
    void isRemovedWhenTheProcessEnds(String way) throws Exception {
        Path named = folder.resolve("named");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        named.toString(),
                        way);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();

        Path made = Path.of(Files.readString(named));
        assertThat(made.getParent()).isEqualTo(folder);
        assertThat(made).doesNotExist();
    }

    @Test
    void isRemovedAtOnceOnRequest() throws IOException {
        TemporaryFolder made = TemporaryFolder.create("gss-test");
        Files.writeString(made.file("inside/b.txt"), "b");
        assertThat(made.path().resolve("inside/b.txt")).hasContent("b");

        made.remove();

        assertThat(made.path()).doesNotExist();
    }
}
