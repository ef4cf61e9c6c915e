/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.training.TrainingStopped;
import java.io.IOException;
import java.util.Optional;

/** Trains and judges cells in this process. */
public final class CellWork implements CellRunner {

    private static final double NANOS = 1e9;

    /**
     * Does what a cell needs: the body of a process of its own.
     *
     * @param words the job as the process that started this one put it into words
     * @param progress told about cases, steps and windows
     * @return whether all went well
     * @throws IOException if the outcome cannot be written
     */
    public static boolean run(String[] words, Progress progress) throws IOException {
        return !new CellWork().run(CellJob.ofArguments(words), progress).failed();
    }

    @Override
    public CellOutcome run(CellJob job, Progress progress) throws IOException {
        // Whatever an earlier attempt failed of, this one may not.
        CellOutcome outcome = CellOutcome.read(job.outcome(), job.run()).withFailure("");
        try {
            if (!outcome.trained()) {
                long started = System.nanoTime();
                CellTraining.train(job, progress);
                outcome = outcome.withTraining(seconds(started));
                outcome.write(job.outcome());
            }
            if (job.judging().isPresent()) {
                EvaluationSettings how = job.judging().get();
                long started = System.nanoTime();
                judge(job, how, progress);
                outcome = outcome.withJudgement(CellJob.words(how), seconds(started));
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

    private static void judge(CellJob job, EvaluationSettings how, Progress progress)
            throws IOException {
        EvaluationResult result =
                new EvaluationRun(RunFolder.open(job.run()), Optional.empty(), how, progress)
                        .evaluate(job.judge(), job.judged(), job.cache());
        if (!result.problems().isEmpty()) {
            throw new UserInputException("judging: " + result.problems().get(0));
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
