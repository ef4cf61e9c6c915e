/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.training.TrainingRun;
import io.github.gssloss.program.training.TrainingStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains and evaluates cells in this process. */
public final class CellWork implements CellRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CellWork.class);
    private static final double NANOS = 1e9;

    /**
     * Does what a cell needs: the body of a process of its own.
     *
     * @param job the file of the job that the process which started this one wrote
     * @param progress follows cases, steps and windows
     * @return whether all went well
     * @throws IOException if the job cannot be read or the outcome not be written
     */
    public static boolean run(Path job, Progress progress) throws IOException {
        return !new CellWork().run(CellJob.read(job), progress).failed();
    }

    @Override
    public CellOutcome run(CellJob job, Progress progress) throws IOException {
        // Whatever an earlier attempt failed of, this one may not.
        CellOutcome outcome = CellOutcome.read(job.outcome(), job.run()).withFailure("");
        try {
            if (!outcome.trained()) {
                long started = System.nanoTime();
                train(job, progress);
                outcome = outcome.withTraining(seconds(started));
                outcome.write(job.outcome());
            }
            if (job.evaluation().isPresent()) {
                EvaluationSettings how = job.evaluation().get();
                long started = System.nanoTime();
                evaluate(job, how, progress);
                outcome = outcome.withEvaluation(CellJob.words(how), seconds(started));
            }
        } catch (TrainingStopped e) {
            // Ctrl-C: the cell has not failed, it goes on with the next start.
            throw e;
        } catch (RuntimeException | IOException | Error e) {
            outcome = outcome.withFailure(reason(e));
        }
        outcome.write(job.outcome());
        return outcome;
    }

    /**
     * Trains to the end, from the beginning or from where an attempt was stopped; what was left by
     * one with other settings makes way.
     */
    private static void train(CellJob job, Progress progress) throws IOException {
        if (RunFolder.holdsRun(job.run())) {
            RunFolder run = RunFolder.open(job.run());
            if (run.settings().equals(job.settings())) {
                TrainingRun.resume(run, job.data(), job.cache(), progress, LOG::warn);
                return;
            }
        }
        if (Files.exists(job.run())) {
            PathUtils.deleteDirectory(job.run());
        }
        new TrainingRun(job.settings(), progress)
                .run(
                        job.data(),
                        job.run(),
                        job.cache(),
                        "gss ablate, cell " + job.name(),
                        line -> {});
    }

    private static void evaluate(CellJob job, EvaluationSettings how, Progress progress)
            throws IOException {
        EvaluationResult result =
                new EvaluationRun(RunFolder.open(job.run()), Optional.empty(), how, progress)
                        .evaluate(job.evaluate(), job.evaluated(), job.cache());
        if (!result.problems().isEmpty()) {
            throw new UserInputException("evaluation: " + result.problems().get(0));
        }
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / NANOS;
    }

    /** What is written for people needs no name of a class before it. */
    private static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        boolean forPeople =
                failure instanceof UserInputException || failure instanceof IllegalStateException;
        return forPeople && !message.isEmpty()
                ? message
                : failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }
}
