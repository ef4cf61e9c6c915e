/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that get signals. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
class StopSignalTest {

    @TempDir private Path folder;

    /** Does what its argument says. */
    static final class Child {

        private Child() {}

        public static void main(String[] args) throws Exception {
            StopSignal.listen();
            switch (args[0]) {
                case "nothing" -> StopSignal.exit(5);
                case "return" -> System.out.println("over");
                case "idle" -> idle();
                default -> StopSignal.exit(save());
            }
        }

        private static void idle() throws InterruptedException {
            System.out.println("begun");
            TimeUnit.MINUTES.sleep(1);
        }

        private static int save() throws IOException {
            try {
                return StopSignal.finish(Child::work);
            } catch (StoppedException e) {
                System.out.println(e.getMessage());
                return 3;
            }
        }

        private static int work() {
            System.out.println("begun");
            while (!StopSignal.requested()) {
                Thread.onSpinWait();
            }
            System.out.println("saved");
            throw new StoppedException("go on with that");
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void aProcessWithNothingToSaveEndsAtOnce(String signal, int code) throws Exception {
        assumeThat(ignored(code - 128)).as("this process ignores %s", signal).isFalse();
        assertThat(lines(start("idle"), signal, code)).isEmpty();
    }

    /** A process ignores what the one that started it ignores: nohup and shells do so. */
    private static boolean ignored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String mask =
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .findFirst()
                        .orElse("0")
                        .replaceAll(".*\\s", "");
        return ((Long.parseUnsignedLong(mask, 16) >>> (signal - 1)) & 1) == 1;
    }

    @Test
    void whatIsToBeSavedIsSavedFirst() throws Exception {
        assertThat(lines(start("save"), "TERM", 3)).containsExactly("saved", "go on with that");
    }

    @Test
    void withoutASignalItEndsAsAnyProcess() throws Exception {
        assertThat(start("nothing").waitFor()).isEqualTo(5);
        assertThat(start("return").waitFor()).isZero();
    }

    private Process start(String what) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        what);
        return builder.directory(folder.toFile()).redirectErrorStream(true).start();
    }

    /** Sends a signal to a process that has begun, and returns what it prints then. */
    private List<String> lines(Process process, String signal, int code) throws Exception {
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("begun");
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            List<String> lines = out.lines().toList();
            assertThat(process.waitFor()).as(lines.toString()).isEqualTo(code);
            return lines;
        }
    }
}
