/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.util.Progress;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Evaluation;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoredPrediction;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.Extents;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Ensemble;
import io.github.gssloss.program.report.CasePicture;
import io.github.gssloss.program.report.OverlayPicture;
import io.github.gssloss.program.report.PictureGrid;
import io.github.gssloss.program.report.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The cases of one evaluation: those finished before, and those still to be evaluated. */
final class CohortEvaluation {

    /** Steps of the progress within a case. */
    private static final int STEPS = 1000;

    /** With more subsets than these a picture shows all modalities and each one alone. */
    private static final int MOST_SHOWN = 6;

    private final EvaluationRecord record;
    private final DataDescription description;
    private final CaseCache cases;
    private final FinishedCases finished;
    private final Path out;

    private final List<Task> waiting = new ArrayList<>();
    private final Map<String, List<Score>> scores = new TreeMap<>();
    private final Map<String, String> incomplete = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int unusable;

    /**
     * A case that can be evaluated.
     *
     * @param files its files: a segmentation and at least one modality
     * @param subsets the subsets asked for that lie within the modalities it has, at least one
     * @param key what its scores depend on
     */
    private record Task(CaseFiles files, List<ModalitySubset> subsets, String key) {}

    CohortEvaluation(EvaluationRecord record, Path out, Path cache) {
        this.record = record;
        this.out = out;
        RunSettings trained = record.run().settings();
        description = trained.description();
        cases = new CaseCache(cache, trained.preparation());
        finished = new FinishedCases(out.resolve("cases"), description);
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
    }

    /** Sorts a case: finished before, to be evaluated, or a problem. */
    private void add(CaseFiles files) throws IOException {
        try {
            Task task = task(files);
            if (!files.hasAllImages()) {
                incomplete.put(files.name(), files.modalityText());
            }
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
        double overlap = record.settings().overlap();
        progress.update(before, task.files().name() + ", preparing");
        PreparedEvaluationCase prepared =
                new PreparedEvaluationCase(cases.open(task.files()), description);
        Evaluation evaluation =
                new Evaluation(
                        networks.slidingWindow(overlap, record.settings().use()),
                        description,
                        record.settings().measures(),
                        (done, total) -> {
                            StopSignal.check();
                            progress.update(
                                    before + (long) STEPS * done / (total + 1),
                                    "%s, window %d of %d"
                                            .formatted(task.files().name(), done, total));
                        });
        List<ScoredPrediction> predictions =
                evaluation.evaluate(networks.manager(), prepared, task.subsets());
        progress.update(before + STEPS - 1, task.files().name() + ", drawing");
        Path overlay = out.resolve("overlay-" + prepared.name() + ".png");
        Pictures.attempt(overlay, () -> draw(prepared, predictions, overlay));
        Path planes = out.resolve("planes-" + prepared.name() + ".png");
        Pictures.attempt(planes, () -> drawPlanes(prepared, predictions, planes));
        if (task.files().hasAllImages() && record.others().isEmpty()) {
            Path decisions = out.resolve("decisions-" + prepared.name() + ".png");
            Pictures.attempt(
                    decisions,
                    () -> BranchVotes.draw(networks.first(), overlap, prepared, decisions));
        }
        List<Score> rows = predictions.stream().flatMap(one -> one.scores().stream()).toList();
        finished.add(task.files().name(), task.key(), rows);
        scores.put(task.files().name(), rows);
    }

    private void draw(
            PreparedEvaluationCase prepared, List<ScoredPrediction> predictions, Path file) {
        OverlayPicture picture =
                new OverlayPicture(prepared, description, record.settings().pictures());
        List<ModalitySubset> shown =
                predictions.size() > MOST_SHOWN
                        ? description.allAndSingles()
                        : predictions.stream().map(ScoredPrediction::subset).toList();
        for (ModalitySubset subset : shown) {
            predictions.stream()
                    .filter(one -> one.subset().equals(subset))
                    .forEach(one -> picture.addPrediction(subset, one.classes()));
        }
        picture.write(file);
    }

    /** Draws the prediction with most modalities beside the truth. */
    private void drawPlanes(
            PreparedEvaluationCase shown, List<ScoredPrediction> predictions, Path file) {
        PreparedCase prepared = shown.prepared();
        ScoredPrediction most =
                predictions.stream()
                        .max(Comparator.comparingInt(one -> one.subset().modalities().size()))
                        .orElseThrow();
        new CasePicture(
                        shown.name(),
                        description,
                        new PictureGrid(
                                prepared.shape(), prepared.preparedSpacing(), shown.orientation()),
                        record.settings().pictures(),
                        prepared.modalities(),
                        modality -> image(prepared, modality))
                .addClasses("truth", shown.labels())
                .addClasses(
                        most.subset().hasAll() ? "prediction" : most.subset().label(),
                        most.classes())
                .write(file);
    }

    private static float[] image(PreparedCase prepared, Modality modality) {
        float[] all = prepared.images();
        int voxels = Extents.voxels(prepared.shape());
        int from = modality.index() * voxels;
        return Arrays.copyOfRange(all, from, from + voxels);
    }

    /** The scores of all cases, by the names of the cases. */
    List<Score> scores() {
        return scores.values().stream().flatMap(List::stream).toList();
    }

    /** The record of the evaluation. */
    String toYaml(int withScores, List<String> skipped) {
        return record.toYaml(withScores, incomplete, problems(), skipped);
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
