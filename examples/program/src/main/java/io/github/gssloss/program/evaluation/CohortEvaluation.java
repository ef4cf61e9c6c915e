/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.util.Progress;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Evaluation;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoredPrediction;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.segment.WindowListener;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.BranchDisagreement;
import io.github.gssloss.program.model.Ensemble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cases of one evaluation: those finished before, and those still to be evaluated. */
final class CohortEvaluation {

    private static final Logger LOG = LoggerFactory.getLogger(CohortEvaluation.class);

    /** Steps of the progress within a case. */
    private static final int STEPS = 1000;

    private final EvaluationRecord record;
    private final DataDescription description;
    private final CaseCache cases;
    private final FinishedCases finished;
    private final Path out;

    private final List<Task> waiting = new ArrayList<>();
    private final Map<String, List<Score>> scores = new TreeMap<>();
    private final Map<String, String> incomplete = new TreeMap<>();
    private final OtherSpacings otherSpacings;
    private final List<String> problems = new ArrayList<>();
    private int unusable;

    /**
     * A case that can be evaluated.
     *
     * @param files its files: a segmentation and at least one modality
     * @param subsets the subsets asked for that lie within the modalities it has, at least one
     * @param key what its scores depend on
     */
    private record Task(CaseFiles files, List<ModalitySubset> subsets, String key) {

        /** The subset with most modalities, the first of several. */
        private ModalitySubset most() {
            return Collections.max(
                    subsets, Comparator.comparingInt(one -> one.modalities().size()));
        }
    }

    CohortEvaluation(EvaluationRecord record, Path out, Path cache) throws IOException {
        this.record = record;
        this.out = out;
        RunSettings trained = record.run().settings();
        description = trained.description();
        cases = new CaseCache(cache, trained.preparation());
        finished = new FinishedCases(out.resolve("cases"), description);
        otherSpacings = OtherSpacings.of(record.run());
    }

    /** Sorts the cases of a cohort; those that cannot be used are problems. */
    void add(Cohort found) throws IOException {
        problems.addAll(found.problems());
        add(found.cases());
    }

    /** Sorts some of the cases of a cohort. */
    void add(List<CaseFiles> some) throws IOException {
        for (CaseFiles files : some) {
            add(files);
        }
        otherSpacings.warning().ifPresent(LOG::warn);
    }

    /** Sorts a case: finished before, to be evaluated, or a problem. */
    private void add(CaseFiles files) throws IOException {
        try {
            Task task = task(files);
            if (!files.hasAllImages()) {
                incomplete.put(files.name(), files.modalityText());
            }
            otherSpacings.add(files);
            Optional<List<Score>> found = finished.find(files.name(), task.key());
            found.ifPresent(known -> scores.put(files.name(), known));
            if (found.isEmpty()) {
                waiting.add(task);
            }
        } catch (UserInputException e) {
            unusable++;
            problems.add(e.getMessage());
        }
    }

    private Task task(CaseFiles files) {
        files.requireLabelled();
        List<ModalitySubset> asked = record.settings().subsets();
        List<ModalitySubset> within =
                asked.stream()
                        .filter(subset -> files.images().keySet().containsAll(subset.modalities()))
                        .toList();
        if (within.isEmpty()) {
            throw new UserInputException(
                    "case %s: has %s alone, expected the modalities of one of %s"
                            .formatted(files.name(), files.modalityText(), asked));
        }
        return new Task(files, within, record.key(cases.key(files), within));
    }

    /** The number of cases that are still to be evaluated. */
    int waiting() {
        return waiting.size();
    }

    /** Evaluates the cases that wait; one that cannot be used becomes a problem. */
    void evaluate(Ensemble networks, Progress progress) throws IOException {
        cases.announce(waiting.stream().map(Task::files).toList(), 1, done -> {});
        progress.reset("Evaluating " + record.run().name(), (long) waiting.size() * STEPS);
        for (int i = 0; i < waiting.size(); i++) {
            try {
                evaluate(waiting.get(i), (long) i * STEPS, networks, progress);
            } catch (UserInputException e) {
                Task task = waiting.get(i);
                finished.failed().add(task.files().name(), task.key(), e.getMessage());
                problems.add(e.getMessage());
            }
        }
        progress.end();
    }

    /** Takes what other processes have left: a case that they have not evaluated is a problem. */
    void collect() throws IOException {
        for (Task task : waiting) {
            String name = task.files().name();
            problems.add(
                    finished.failed()
                            .find(name, task.key())
                            .orElse("case " + name + ": is missing, not evaluated yet"));
        }
    }

    private void evaluate(Task task, long before, Ensemble networks, Progress progress)
            throws IOException {
        EvaluationSettings settings = record.settings();
        progress.update(before, task.files().name() + ", preparing");
        PreparedEvaluationCase prepared =
                new PreparedEvaluationCase(cases.open(task.files()), description);
        ModalitySubset most = task.most();
        boolean branches = settings.pictures().disagreement() && BranchDisagreement.isOf(most);
        if (settings.pictures().disagreement() && !branches) {
            LOG.warn(
                    "{}: no disagreement is drawn: {} is a single branch",
                    task.files().name(),
                    most);
        }
        WindowListener windows =
                (done, total) -> {
                    StopSignal.check();
                    progress.update(
                            before + (long) STEPS * done / (total + 1),
                            "%s, window %d of %d".formatted(task.files().name(), done, total));
                };
        Evaluation evaluation =
                new Evaluation(
                                networks.slidingWindow(settings.overlap(), settings.use()),
                                description,
                                settings.measures(),
                                windows.ofPass(0, branches ? 2 : 1))
                        .keeping(one -> settings.pictures().entropy() && one.equals(most));
        List<ScoredPrediction> predictions =
                evaluation.evaluate(networks.manager(), prepared, task.subsets());
        Optional<float[]> disagreement =
                branches
                        ? disagreement(networks, prepared, most, windows.ofPass(1, 2))
                        : Optional.empty();
        progress.update(before + STEPS - 1, task.files().name() + ", drawing");
        EvaluatedPictures pictures = new EvaluatedPictures(prepared, description, settings, out);
        pictures.overlay(predictions);
        pictures.planes(predictions.get(task.subsets().indexOf(most)), disagreement);
        if (task.files().hasAllImages() && record.others().isEmpty()) {
            pictures.decisions(networks.first());
        }
        List<Score> rows = predictions.stream().flatMap(one -> one.scores().stream()).toList();
        finished.add(task.files().name(), task.key(), rows);
        scores.put(task.files().name(), rows);
    }

    /** Of branches that give no finite numbers there is none: scores do not depend on them. */
    private Optional<float[]> disagreement(
            Ensemble networks,
            PreparedEvaluationCase prepared,
            ModalitySubset subset,
            WindowListener windows) {
        EvaluationSettings settings = record.settings();
        try {
            return Optional.of(
                    BranchDisagreement.of(networks, settings.overlap(), settings.use())
                            .map(
                                    prepared.name(),
                                    prepared.shape(),
                                    prepared.images(),
                                    subset,
                                    windows));
        } catch (UserInputException e) {
            LOG.warn("{}: no disagreement is drawn: {}", prepared.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** The scores of all cases, by the names of the cases. */
    List<Score> scores() {
        return scores.values().stream().flatMap(List::stream).toList();
    }

    /** The record of the evaluation. */
    String toYaml(int withScores, List<String> skipped) {
        return record.toYaml(withScores, incomplete, otherSpacings.cases(), problems(), skipped);
    }

    /** How many cases cannot be evaluated as they are. */
    int unusable() {
        return unusable;
    }

    /** A line for each case that could not be evaluated. */
    List<String> problems() {
        return problems.stream().distinct().toList();
    }
}
