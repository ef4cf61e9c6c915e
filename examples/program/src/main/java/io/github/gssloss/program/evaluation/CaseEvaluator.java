/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.program.model.Ensemble;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Evaluates cases one by one as they are asked for, with networks that are loaded once: for a
 * process that gets its cases from somebody else, see {@link EvaluationRun#cases}. Its methods may
 * be called by several threads; one case is evaluated at a time.
 */
public final class CaseEvaluator implements AutoCloseable {

    private final EvaluationRecord record;
    private final List<RunWeights> weights;
    private final Cohort found;
    private final Map<String, CaseFiles> cases;
    private final Path out;
    private final Path cache;
    private Ensemble networks;

    /**
     * Prepares it; the networks are loaded with the first case that is not finished.
     *
     * @param record what the evaluation depends on
     * @param weights the runs with their weights
     * @param found the cases
     * @param out the existing folder for scores and pictures
     * @param cache the folder of the prepared cases
     */
    CaseEvaluator(
            EvaluationRecord record, List<RunWeights> weights, Cohort found, Path out, Path cache) {
        this.record = record;
        this.weights = weights;
        this.found = found;
        this.out = out;
        this.cache = cache;
        cases =
                found.cases().stream()
                        .collect(Collectors.toMap(CaseFiles::name, Function.identity()));
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
     * @return the scores; none: it could not be evaluated, and {@link EvaluationRun#collect} says
     *     why
     * @throws UserInputException if there is no such case, or the weights do not fit
     * @throws IOException if writing fails
     */
    public synchronized List<Score> evaluate(String name, Progress progress) throws IOException {
        CaseFiles files = cases.get(name);
        if (files == null) {
            throw new UserInputException(
                    found.folder() + ": expected a case " + name + ", found none");
        }
        CohortEvaluation one = new CohortEvaluation(record, out, cache);
        one.add(List.of(files));
        if (one.waiting() > 0) {
            if (networks == null) {
                networks = EvaluationRun.open(weights, record.settings());
                EvaluationTables.remove(out);
            }
            one.evaluate(networks, progress);
        }
        return one.scores();
    }

    @Override
    public synchronized void close() {
        if (networks != null) {
            networks.close();
            networks = null;
        }
    }
}
