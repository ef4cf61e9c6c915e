/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes that are busy when they are told to, and never longer there than who started them. */
class BusyProcessesTest {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SOME = Duration.ofMillis(50);

    /** Starts a busy process, says which, and stays. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] args) throws IOException {
            BusyProcesses processes = new BusyProcesses(1);
            processes.work();
            System.out.println(processes.handles().get(0).pid());
            System.in.read();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Java knows no processor time on every system")
    void theyComputeAndRestWhenTheyAreTold() throws Exception {
        try (BusyProcesses processes = new BusyProcesses(2)) {
            assertThat(processes).hasToString("2 busy processes, nice -n 10");
            for (int round = 0; round < 2; round++) {
                processes.work();
                processes.work();
                for (ProcessHandle one : processes.handles()) {
                    Duration before = used(one);
                    await(() -> used(one).compareTo(before.plus(SOME)) > 0);
                }
                processes.rest();
                processes.rest();
                for (ProcessHandle one : processes.handles()) {
                    Duration before = used(one);
                    TimeUnit.MILLISECONDS.sleep(2 * SOME.toMillis());
                    assertThat(used(one)).isLessThan(before.plus(SOME));
                }
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
    void theyAreOfLowerPriority() throws IOException {
        try (BusyProcesses processes = new BusyProcesses(1)) {
            assertThat(field(processes.handles().get(0), 19 - 3))
                    .isEqualTo(
                            Integer.toString(
                                    Math.min(
                                            19,
                                            10
                                                    + Integer.parseInt(
                                                            field(
                                                                    ProcessHandle.current(),
                                                                    19 - 3)))));
        }
    }

    @Test
    void theyEndWhenTheyAreClosed() throws Exception {
        BusyProcesses processes = new BusyProcesses(2);
        processes.work();

        processes.close();

        for (ProcessHandle one : processes.handles()) {
            one.onExit().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        }
        assertThatThrownBy(processes::rest).isInstanceOf(IOException.class);
    }

    @Test
    void theyEndWithAParentThatWasKilled() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader lines = parent.inputReader()) {
            ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            parent.destroyForcibly().waitFor();

            await(() -> isGone(child));
        } finally {
            parent.destroyForcibly();
        }
    }

    private interface Condition {

        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Who ended is still listed on a system whose first process does not collect orphans. */
    private static boolean isGone(ProcessHandle process) throws IOException {
        boolean listed = Files.exists(stat(process));
        return !process.isAlive() || (listed && field(process, 0).equals("Z"));
    }

    /** A field of Linux's line on a process, from 0 after the name of its program. */
    private static String field(ProcessHandle process, int number) throws IOException {
        String line = Files.readString(stat(process));
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[number];
    }

    private static Path stat(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()), "stat");
    }
}
