/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Evaluation;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoredPrediction;
import io.github.gssloss.imaging.prepare.CaseCache;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.report.OverlayPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The cases of one judgement: those that were finished before, and those still to be judged. */
final class CohortJudgement {

    /** Steps of the progress within a case. */
    private static final int STEPS = 1000;

    /** With more subsets than these a picture shows all four modalities and each one alone. */
    private static final int MOST_SHOWN = 6;

    private final EvaluationRecord record;
    private final EvaluationSettings settings;
    private final LabelSet labels;
    private final CaseCache cases;
    private final FinishedCases finished;
    private final Path out;

    private final List<CaseTask> waiting = new ArrayList<>();
    private final Map<String, List<Score>> scores = new TreeMap<>();
    private final Map<String, String> incomplete = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    CohortJudgement(
            EvaluationRecord record,
            EvaluationSettings settings,
            RunSettings trained,
            Path out,
            Path cache) {
        this.record = record;
        this.settings = settings;
        this.out = out;
        labels = trained.labels();
        cases = new CaseCache(cache, new CasePreparation(labels, trained.crop().sides()));
        finished = new FinishedCases(out.resolve("cases"));
    }

    /** Sorts a case: finished before, to be judged, or a problem. */
    void add(CaseFiles files) throws IOException {
        try {
            CaseTask task = CaseTask.of(files, settings.subsets());
            if (files.images().size() < Modality.values().length) {
                incomplete.put(files.name(), CaseTask.modalities(files));
            }
            Optional<List<Score>> found = finished.find(files.name(), key(task));
            found.ifPresent(known -> scores.put(files.name(), known));
            if (found.isEmpty()) {
                waiting.add(task);
            }
        } catch (UserInputException e) {
            problems.add(e.getMessage());
        }
    }

    /** The number of cases that are still to be judged. */
    int waiting() {
        return waiting.size();
    }

    /** Judges the cases that wait; one that cannot be used becomes a problem. */
    void work(TrainedNetwork network, String run, Progress progress) throws IOException {
        progress.reset("Judging " + run, (long) waiting.size() * STEPS);
        for (int i = 0; i < waiting.size(); i++) {
            CaseTask task = waiting.get(i);
            long before = (long) i * STEPS;
            progress.update(before, task.name() + ", preparing");
            Evaluation evaluation =
                    new Evaluation(
                            network.slidingWindow(settings.overlap()),
                            (done, total) ->
                                    progress.update(
                                            before + (long) STEPS * done / (total + 1),
                                            "%s, window %d of %d"
                                                    .formatted(task.name(), done, total)));
            try {
                Runnable drawing =
                        () -> progress.update(before + STEPS - 1, task.name() + ", drawing");
                judge(task, evaluation, network, drawing);
            } catch (UserInputException e) {
                problems.add(e.getMessage());
            }
        }
        progress.end();
    }

    private void judge(
            CaseTask task, Evaluation evaluation, TrainedNetwork network, Runnable drawing)
            throws IOException {
        PreparedEvaluationCase prepared =
                new PreparedEvaluationCase(cases.open(task.files()), labels);
        List<ScoredPrediction> predictions =
                evaluation.evaluate(network.manager(), prepared, task.subsets());
        drawing.run();
        draw(prepared, predictions);
        if (task.files().images().size() == Modality.values().length) {
            network.decisions(settings.overlap())
                    .ifPresent(pictures -> pictures.write(network.manager(), prepared, out));
        }
        List<Score> rows = predictions.stream().flatMap(one -> one.scores().stream()).toList();
        finished.add(task.name(), key(task), rows);
        scores.put(task.name(), rows);
    }

    private void draw(PreparedEvaluationCase prepared, List<ScoredPrediction> scored) {
        OverlayPicture picture = new OverlayPicture(prepared, labels);
        Map<ModalitySubset, byte[]> predictions = new LinkedHashMap<>();
        scored.forEach(one -> predictions.put(one.subset(), one.classes()));
        List<ModalitySubset> shown =
                scored.size() > MOST_SHOWN
                        ? ModalitySubset.ALL_AND_SINGLES
                        : List.copyOf(predictions.keySet());
        for (ModalitySubset subset : shown) {
            if (predictions.containsKey(subset)) {
                picture.addPrediction(subset, predictions.get(subset));
            }
        }
        picture.write(out.resolve("overlay-" + prepared.name() + ".png"));
    }

    private String key(CaseTask task) {
        return record.key(cases.key(task.files()), task.subsets());
    }

    /** The scores of all cases judged, by the names of the cases. */
    List<Score> scores() {
        return scores.values().stream().flatMap(List::stream).toList();
    }

    /** The cases that lack modalities, with those they have. */
    Map<String, String> incomplete() {
        return incomplete;
    }

    /** A line for each case that could not be judged. */
    List<String> problems() {
        return problems.stream().distinct().toList();
    }
}
