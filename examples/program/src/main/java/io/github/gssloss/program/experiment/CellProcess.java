/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.program.config.Threads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains and evaluates each cell in a process of its own, whose output is kept in a file. The
 * process is this Java with this program; it ends when this one does, which it sees by its standard
 * input.
 *
 * @param main the class whose main method takes the file of a job
 * @param threads threads of the engine in each process
 * @param logs the folder for their output
 */
record CellProcess(Class<?> main, int threads, Path logs) implements CellRunner {

    @Override
    public CellOutcome run(CellJob job, Progress progress) throws IOException {
        Files.createDirectories(logs);
        Path log = logs.resolve(job.name() + ".log");
        Path written = logs.resolve(job.name() + ".yaml");
        job.write(written);
        CellOutcome before = CellOutcome.read(job.outcome(), job.run()).withFailure("");
        before.write(job.outcome());
        ProcessBuilder builder = new ProcessBuilder(command(written));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        try {
            int exit = process.waitFor();
            CellOutcome outcome = CellOutcome.read(job.outcome(), job.run());
            if (exit != 0 && !outcome.failed()) {
                outcome =
                        outcome.withFailure(
                                "its process ended with exit code " + exit + ", see " + log);
                outcome.write(job.outcome());
            }
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the process of a cell worked", e);
        } finally {
            process.destroy();
        }
    }

    private List<String> command(Path job) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A debugger's port can be had once.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agentlib:jdwp"))
                .forEach(command::add);
        command.add("-D" + Threads.PROPERTY + "=" + threads);
        command.add("-Dai.djl.pytorch.num_interop_threads=1");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add(job.toString());
        return command;
    }
}
