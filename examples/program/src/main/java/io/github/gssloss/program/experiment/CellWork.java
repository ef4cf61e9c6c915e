/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.Lease;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunPlace;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains and evaluates cells in this process. */
public final class CellWork implements CellRunner {

    private static final Logger LOG = LoggerFactory.getLogger(CellWork.class);
    private static final double NANOS = 1e9;

    /** The exit code of a process that found somebody else at work on its cell. */
    public static final int TAKEN = 4;

    /**
     * A cell in a process of its own ends within ten seconds after the process of the experiment.
     */
    private static final Duration ORPHAN = Duration.ofSeconds(15);

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
        return alone(job, () -> work(job, progress));
    }

    /** The lease is held by the process that writes to the cell's folders, whoever started it. */
    static CellOutcome alone(CellJob job, FolderLock.Work<CellOutcome> work) throws IOException {
        return Lease.holding(
                job.lease(), "cell " + job.name(), Lease.PATIENCE, CellWork::lost, work);
    }

    /** Not even what was trained may be saved: the other one has gone on from before. */
    static void lost(String line) {
        LOG.error(line);
        StopSignal.halt(TAKEN);
    }

    private static CellOutcome work(CellJob job, Progress progress) throws IOException {
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
        } catch (StoppedException e) {
            // The cell has not failed, it goes on with the next start.
            throw e;
        } catch (RuntimeException | IOException | Error e) {
            outcome = outcome.withFailure(reason(e));
            log(job.log(), e);
        }
        outcome.write(job.outcome());
        return outcome;
    }

    /** Trains to the end, from the beginning or from where an attempt was stopped. */
    private static void train(CellJob job, Progress progress) throws IOException {
        if (RunPlace.holdsRun(job.run())) {
            RunFolder run = RunFolder.open(job.run(), anew(job.settings()));
            checkSame(run, job.settings());
            FolderLock.await(job.run(), ORPHAN);
            TrainingRun.resume(run, job.data(), job.cache(), progress, LOG::warn);
            return;
        }
        new TrainingRun(job.settings(), progress)
                .run(
                        job.data(),
                        job.run(),
                        job.cache(),
                        "gss ablate, cell " + job.name(),
                        line -> {});
    }

    /**
     * The settings that a run may go on with. The weights it started from are one: they lie
     * elsewhere where the folder of the experiment was moved, and resuming compares their checksum.
     */
    private static Map<String, String> anew(RunSettings settings) {
        Map<String, String> values = new HashMap<>();
        values.put("workers", Integer.toString(settings.workers()));
        settings.threads().ifPresent(threads -> values.put("threads", threads.toString()));
        settings.model().weights().ifPresent(weights -> values.put("model.weights", weights));
        return values;
    }

    /**
     * Checks that a run was trained with the settings that are wanted. What was trained stays:
     * whether it is still needed is the user's to say.
     *
     * @param others dotted keys of settings that may differ, beside those that change no result
     * @throws UserInputException if it was trained with others
     */
    static void checkSame(RunFolder run, RunSettings wanted, String... others) {
        List<String> left = new ArrayList<>(List.of(others));
        if (wanted.loss().findsLeaders()) {
            left.addAll(List.of("loss.groups", "loss.leaderEpochs", "model.weights"));
        }
        Optional<String> difference =
                run.settings().difference(wanted, left.toArray(String[]::new));
        if (difference.isPresent()) {
            throw new UserInputException(
                    "%s: was trained with other settings than the experiment now has (%s); choose"
                                    .formatted(run.path(), difference.get())
                            + " another folder, or remove this one");
        }
        for (Map.Entry<String, String> scheme : TrainingRun.scheme(wanted).entrySet()) {
            String there = run.versions().get(scheme.getKey());
            if (!scheme.getValue().equals(there)) {
                throw new UserInputException(
                        "%s: was trained with another %s than that of missing.scheme now (there"
                                        .formatted(run.path(), scheme.getKey())
                                + " %s, now %s); choose another folder, or remove this one"
                                        .formatted(there, scheme.getValue()));
            }
        }
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

    /** The outcome is a line for users, the log says where in the program it was. */
    private static void log(Path file, Throwable failure) throws IOException {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(
                file, trace.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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
