/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.util.Progress;
import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Evaluates cases one by one as they are asked for, with one loaded network: for a process that
 * gets its cases from somebody else. Each leaves in the folder what {@link EvaluationRun#part}
 * leaves, and {@link EvaluationRun#collect} makes the tables. Its methods may be called by several
 * threads; one case is evaluated at a time.
 */
public final class CaseEvaluator implements AutoCloseable {

    private final EvaluationRecord record;
    private final Map<String, CaseFiles> cases;
    private final Path data;
    private final Path out;
    private final Path cache;
    private RunNetwork network;

    /**
     * Prepares it; the network is loaded with the first case that is not finished.
     *
     * @param run the run
     * @param checkpoint the weights; empty: the last of the run
     * @param settings how to evaluate
     * @param data a folder of cases
     * @param out the folder for scores and pictures
     * @param cache the folder of the prepared cases
     * @throws UserInputException if the run has no weights or the folder no case
     * @throws IOException if the weights cannot be read
     */
    public CaseEvaluator(
            RunFolder run,
            Optional<Path> checkpoint,
            EvaluationSettings settings,
            Path data,
            Path out,
            Path cache)
            throws IOException {
        Path weights = checkpoint.orElseGet(() -> Checkpoints.last(run));
        this.record = new EvaluationRecord(run, weights, Sha256.ofFile(weights), settings);
        this.data = data;
        this.out = out;
        this.cache = cache;
        Cohort all = Cohort.find(data, run.settings().description()).requireCases();
        Cohort found = settings.unseen() ? UnseenCases.of(run, all) : all;
        cases =
                found.cases().stream()
                        .collect(Collectors.toMap(CaseFiles::name, Function.identity()));
        Files.createDirectories(out);
    }

    /**
     * Returns the cases.
     *
     * @return their names, sorted
     */
    public List<String> names() {
        return cases.keySet().stream().sorted().toList();
    }

    /**
     * Evaluates a case, or takes its scores where it was finished before.
     *
     * @param name the name of the case
     * @param progress follows the windows
     * @return the scores, or why there are none
     * @throws UserInputException if there is no such case, or the weights do not fit
     * @throws IOException if writing fails
     */
    public synchronized CaseScores evaluate(String name, Progress progress) throws IOException {
        CaseFiles files = cases.get(name);
        if (files == null) {
            throw new UserInputException(data + ": expected a case " + name + ", found none");
        }
        CohortEvaluation one = new CohortEvaluation(record, out, cache);
        one.add(new Cohort(data, List.of(files), List.of(), List.of(), List.of()));
        boolean before = one.waiting() == 0 && one.unusable() == 0;
        if (one.waiting() > 0) {
            if (network == null) {
                network = RunNetwork.trained(record.run().settings(), record.checkpoint());
            }
            one.evaluate(network, progress);
        }
        return new CaseScores(name, before, one.scores(), one.problems());
    }

    @Override
    public synchronized void close() {
        if (network != null) {
            network.close();
            network = null;
        }
    }

    /**
     * What came of a case.
     *
     * @param name its name
     * @param before whether it was finished before
     * @param scores its scores; none: it could not be evaluated
     * @param problems why it could not be evaluated
     */
    public record CaseScores(
            String name, boolean before, List<Score> scores, List<String> problems) {

        /**
         * Keeps copies.
         *
         * @param name its name
         * @param before whether it was finished before
         * @param scores its scores; none: it could not be evaluated
         * @param problems why it could not be evaluated
         */
        public CaseScores {
            scores = List.copyOf(scores);
            problems = List.copyOf(problems);
        }
    }
}
