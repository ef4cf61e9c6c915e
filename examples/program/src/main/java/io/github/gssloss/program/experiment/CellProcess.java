/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.LeaseTakenException;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Trains and evaluates each cell in a process of its own, whose output is kept in a file. It ends
 * when this one does, which it sees by its standard input.
 *
 * @param java what the process is
 * @param threads threads of the engine in each process
 */
record CellProcess(ChildJava java, int threads) implements CellRunner {

    private static final long LOOK_MILLISECONDS = 100;

    /** How long a process has to save what it trained. */
    private static final Duration SAVING = Duration.ofMinutes(10);

    @Override
    public CellOutcome run(CellJob job, Progress progress) throws IOException {
        Path log = job.log();
        Files.createDirectories(log.resolveSibling(""));
        Path written = log.resolveSibling(job.name() + ".yaml");
        job.write(written);
        CellOutcome before = CellOutcome.read(job.outcome(), job.run());
        if (before.failed() || !Files.exists(job.outcome())) {
            // A failure of before is not to be taken for one of this attempt.
            before.withFailure("").write(job.outcome());
        }
        ProcessBuilder builder = new ProcessBuilder(java.command(threads, written));
        builder.environment().putAll(java.environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        int exit = await(builder.start());
        if (exit == CellWork.TAKEN) {
            throw new LeaseTakenException(
                    "cell %s: somebody else works on it, see %s".formatted(job.name(), log));
        }
        CellOutcome outcome = CellOutcome.read(job.outcome(), job.run());
        if (exit != 0 && !outcome.failed()) {
            outcome =
                    outcome.withFailure(
                            "its process ended with exit code " + exit + ", see " + log);
            outcome.write(job.outcome());
        }
        return outcome;
    }

    /**
     * Waits for a process. Where this one is asked to stop, or this thread is interrupted, the
     * other is asked to save and end, and waited for.
     *
     * @throws StoppedException if it was asked so
     */
    private static int await(Process process) {
        boolean interrupted = false;
        long asked = 0;
        while (process.isAlive()) {
            if (asked == 0 && (interrupted || StopSignal.requested())) {
                // Not Process.destroy: it closes the streams, and the cell takes that for our end.
                process.toHandle().destroy();
                asked = System.nanoTime();
            }
            if (asked != 0 && System.nanoTime() - asked > SAVING.toNanos()) {
                process.destroyForcibly();
            }
            try {
                process.waitFor(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        StopSignal.check();
        if (asked != 0) {
            throw new StoppedException("stopped");
        }
        return process.exitValue();
    }
}
