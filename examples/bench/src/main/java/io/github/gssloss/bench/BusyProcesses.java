/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Processes that take the processors from this one, or rest. At first they rest. They are of lower
 * priority where the system has the program {@code nice}, as other work is on a shared machine.
 */
final class BusyProcesses implements AutoCloseable {

    private static final List<String> NICE = List.of("nice", "-n", "10");

    /** Small, and with few threads beside the one that computes. */
    private static final List<String> OPTIONS =
            List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final List<Process> processes = new ArrayList<>();
    private boolean niced = true;

    /**
     * Starts processes.
     *
     * @param count how many
     * @throws IOException if they cannot be started
     */
    BusyProcesses(int count) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BusyProcess.class.getName());
        try {
            for (int i = 0; i < count; i++) {
                processes.add(start(command));
            }
            rest();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Process start(List<String> command) throws IOException {
        if (niced) {
            List<String> lower = new ArrayList<>(NICE);
            lower.addAll(command);
            try {
                return process(lower);
            } catch (IOException e) {
                // No such program, as on Windows.
                niced = false;
            }
        }
        return process(command);
    }

    private static Process process(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Lets all of them compute; returns when they do. */
    void work() throws IOException {
        tell(BusyProcess.WORK);
    }

    /** Lets all of them rest; returns when they do. */
    void rest() throws IOException {
        tell(BusyProcess.REST);
    }

    private void tell(int what) throws IOException {
        for (Process process : processes) {
            process.getOutputStream().write(what);
            process.getOutputStream().flush();
        }
        for (Process process : processes) {
            int answer;
            do {
                answer = process.getInputStream().read();
                if (answer < 0) {
                    throw new IOException("a process that should keep a processor busy has ended");
                }
            } while (answer != what);
        }
    }

    /** The processes, for tests. */
    List<ProcessHandle> handles() {
        return processes.stream().map(Process::toHandle).toList();
    }

    /** Ends them. */
    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d busy processes, %s",
                processes.size(),
                niced ? String.join(" ", NICE) : "of the same priority: there is no nice here");
    }
}
