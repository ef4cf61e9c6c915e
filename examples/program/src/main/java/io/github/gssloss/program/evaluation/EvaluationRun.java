/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.util.Progress;
import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.program.model.BranchDisagreement;
import io.github.gssloss.program.model.Ensemble;
import io.github.gssloss.program.part.CasePart;
import io.github.gssloss.program.part.PartResult;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the network of a run on a folder of cases: tables, and a picture of each case. It can
 * be stopped at any time: started again with the same settings it goes on after the last case that
 * was finished.
 */
public final class EvaluationRun {

    /** What is said of a folder that somebody else works in. */
    static final String TAKEN =
            "expected a folder for results that nobody writes to, found another gss at work in it";

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationRun.class);

    private final RunFolder run;
    private final List<RunWeights> weights;
    private final EvaluationSettings settings;
    private final Progress progress;

    /**
     * Prepares an evaluation.
     *
     * @param run the run
     * @param checkpoint the weights; empty: the last of the run
     * @param settings how to evaluate
     * @param progress the display of cases and windows
     * @throws UserInputException if the run has no weights
     */
    public EvaluationRun(
            RunFolder run,
            Optional<Path> checkpoint,
            EvaluationSettings settings,
            Progress progress) {
        this(List.of(RunWeights.of(run, checkpoint)), settings, progress);
    }

    /**
     * Prepares an evaluation of the mean of several networks' probabilities.
     *
     * @param weights the runs with their weights, at least one; the first gives the preparation
     * @param settings how to evaluate
     * @param progress the display of cases and windows
     * @throws UserInputException if the runs do not go together, or windows cannot be mirrored so
     */
    public EvaluationRun(List<RunWeights> weights, EvaluationSettings settings, Progress progress) {
        Ensemble.check(weights.stream().map(RunWeights::run).toList(), settings.use());
        this.weights = List.copyOf(weights);
        this.run = weights.get(0).run();
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Returns how cases are evaluated.
     *
     * @return the settings
     */
    public EvaluationSettings settings() {
        return settings;
    }

    /**
     * Says which weights are used.
     *
     * @return run, file and step, a line for each run; one more where a window is seen more than
     *     once
     */
    public List<String> weights() {
        List<String> lines = new ArrayList<>();
        weights.forEach(one -> lines.add(one.words()));
        Ensemble.cost(weights.size(), settings.use()).ifPresent(lines::add);
        return lines;
    }

    /**
     * Evaluates every case with every subset of the modalities it has, in windows of the size of
     * the run's crops; where cases lack modalities the tables say how many each row is of. A case
     * that cannot be used is reported and left out. Writes {@code scores.csv}, {@code summary.md},
     * {@code summary.csv}, {@code evaluation.yaml}, {@code overlay-CASE.png} and, where the run's
     * soft targets are votes, {@code decisions-CASE.png} of cases with all modalities; the scores
     * of each finished case are kept in {@code cases}. A case that was finished with other weights,
     * subsets, windows or files is evaluated anew.
     *
     * @param data a folder of cases
     * @param out the folder for tables and pictures; made where it is missing
     * @param cache the folder of the prepared cases
     * @return the scores, and why some cases have none
     * @throws UserInputException if the folder holds no case, the weights do not fit, or somebody
     *     else works in {@code out}
     * @throws IOException if writing fails
     */
    public EvaluationResult evaluate(Path data, Path out, Path cache) throws IOException {
        Cohort found = found(data);
        Files.createDirectories(out);
        return FolderLock.holding(out, TAKEN, () -> evaluate(found, out, cache));
    }

    /**
     * Evaluates one part of the cases, beside other processes, perhaps on other machines, that
     * evaluate the other parts into the same folder. No tables are written: see {@link #collect}.
     *
     * @param part which cases
     * @param data a folder of cases
     * @param out the folder for tables and pictures, which all of them share
     * @param cache the folder of the prepared cases
     * @return how many cases it has, and why some of them have no scores
     * @throws UserInputException if the folder holds no case, the weights do not fit, or somebody
     *     else works on the same part
     * @throws IOException if writing fails
     */
    public PartResult part(CasePart part, Path data, Path out, Path cache) throws IOException {
        Cohort found = found(data);
        List<CaseFiles> own = part.of(found.cases());
        Files.createDirectories(out);
        return part.holding(
                out,
                () -> {
                    CohortEvaluation cohort = new CohortEvaluation(record(), out, cache);
                    cohort.add(own);
                    int waiting = cohort.waiting();
                    evaluate(cohort, out);
                    int before = own.size() - waiting - cohort.unusable();
                    return new PartResult(own.size(), before, cohort.problems());
                });
    }

    /**
     * Prepares to evaluate cases one by one as they are asked for. Each leaves in the folder what
     * {@link #part} leaves.
     *
     * @param data a folder of cases
     * @param out the folder for tables and pictures
     * @param cache the folder of the prepared cases
     * @return the cases
     * @throws UserInputException if the folder holds no case
     * @throws IOException if the weights cannot be read, or {@code out} not be made
     */
    public CaseEvaluator cases(Path data, Path out, Path cache) throws IOException {
        Cohort found = found(data);
        EvaluationRecord record = record();
        Files.createDirectories(out);
        return new CaseEvaluator(record, weights, found, out, cache);
    }

    /**
     * Writes the tables of the cases that other processes have evaluated, see {@link #part}: those
     * that {@link #evaluate} writes. A case that nobody has evaluated yet is a problem.
     *
     * @param data a folder of cases
     * @param out the folder that the parts have left
     * @param cache the folder of the prepared cases
     * @return the scores, and why some cases have none
     * @throws UserInputException if the folder holds no case, there is no such folder, or somebody
     *     else works in it
     * @throws IOException if writing fails
     */
    public EvaluationResult collect(Path data, Path out, Path cache) throws IOException {
        Cohort found = found(data);
        CasePart.requireLeft(out);
        return FolderLock.holding(
                out,
                TAKEN,
                () -> {
                    CohortEvaluation cohort = new CohortEvaluation(record(), out, cache);
                    cohort.add(found);
                    cohort.collect();
                    return new EvaluationTables(out, settings.subsets()).write(cohort, found);
                });
    }

    private Cohort found(Path data) throws IOException {
        Cohort all = Cohort.find(data, run.settings().description()).requireCases();
        for (RunWeights one : weights) {
            all = settings.unseen() ? UnseenCases.of(one.run(), all) : all;
        }
        return all;
    }

    private EvaluationRecord record() throws IOException {
        RunCases.preparationDifference(run).ifPresent(LOG::warn);
        Path checkpoint = weights.get(0).checkpoint();
        List<Map<String, Object>> others = new ArrayList<>();
        for (RunWeights other : weights.subList(1, weights.size())) {
            others.add(other.fields());
        }
        return new EvaluationRecord(run, checkpoint, Sha256.ofFile(checkpoint), settings, others);
    }

    private EvaluationResult evaluate(Cohort found, Path out, Path cache) throws IOException {
        CohortEvaluation cohort = new CohortEvaluation(record(), out, cache);
        cohort.add(found);
        evaluate(cohort, out);
        return new EvaluationTables(out, settings.subsets()).write(cohort, found);
    }

    /** Evaluates the cases that wait; tables that are there stay where that cannot begin. */
    private void evaluate(CohortEvaluation cohort, Path out) throws IOException {
        if (cohort.waiting() > 0) {
            try (Ensemble networks = open(weights, settings)) {
                EvaluationTables.remove(out);
                cohort.evaluate(networks, progress);
            }
        }
    }

    /**
     * Loads networks.
     *
     * @throws UserInputException if they do not fit, or lack what the pictures show
     */
    static Ensemble open(List<RunWeights> weights, EvaluationSettings settings) {
        Ensemble networks = Ensemble.open(weights);
        try {
            if (settings.pictures().disagreement()) {
                BranchDisagreement.of(networks, settings.overlap(), settings.use());
            }
            return networks;
        } catch (UserInputException e) {
            networks.close();
            throw e;
        }
    }
}
