/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.util.Progress;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Evaluation;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.WindowListener;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.evaluation.PreparedEvaluationCase;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.RunCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import io.github.gssloss.program.runfolder.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates the weights of a run on the way: with all modalities that a case has, the Dice of each
 * region averaged over the cases, and of the regions averaged in turn. Every validation is a row of
 * {@code validation.csv}; the best weights are kept as {@code best.npz} beside the checkpoints.
 *
 * <p>It evaluates a copy of the network that it loads from the checkpoint, and so changes nothing
 * in the training.
 *
 * @param run the run
 * @param cases the cases to validate on
 * @param progress the display of the cases
 */
record Validation(RunFolder run, List<PreparedCase> cases, Progress progress) {

    /** Whether weights are evaluated after so many epochs. */
    static boolean isDue(RunSettings settings, int epochs) {
        return settings.validates()
                && (epochs % settings.validateEvery() == 0 || epochs % settings.epochs() == 0);
    }

    /** Whether the weights of a state are to be evaluated and were not yet. */
    static boolean isMissing(RunSettings settings, SavedState state) {
        RunLength length = RunLength.of(settings);
        int epochs = length.epochOf(state.step());
        return length.inEpoch(state.step()) == 0
                && isDue(settings, epochs)
                && state.validated() < epochs;
    }

    /**
     * Evaluates weights.
     *
     * @param epochs the epochs done
     * @param state the state then
     * @param weights its weights
     * @param listener called after each window
     * @return the state with the results
     */
    SavedState evaluate(int epochs, SavedState state, Path weights, WindowListener listener)
            throws IOException {
        List<Score> scores = scores(epochs, weights, listener);
        double dice = mean(scores);
        SavedState now = state.validated(epochs, dice);
        if (now.bestEpoch() == epochs) {
            String name = weights.toFile().getName();
            Path best = weights.resolveSibling("best" + name.substring(name.lastIndexOf('.')));
            WholeFile.write(best, out -> Files.copy(weights, out));
        }
        List<String> columns = new ArrayList<>(List.of("epoch", "dice"));
        List<Object> row = new ArrayList<>(List.of(epochs, dice));
        for (Region region : run.settings().description().regions()) {
            columns.add(region.label());
            row.add(mean(scores.stream().filter(one -> one.region().equals(region)).toList()));
        }
        // A run that died after it had written the row comes here again.
        RunCsv csv = new RunCsv(run.validation(), columns);
        csv.removeFrom("epoch", epochs);
        csv.append(row);
        return now;
    }

    private List<Score> scores(int epochs, Path weights, WindowListener listener) {
        List<Score> scores = new ArrayList<>();
        DataDescription description = run.settings().description();
        try (RunNetwork network = RunNetwork.trained(run.settings(), weights)) {
            Evaluation evaluation =
                    new Evaluation(
                            network.slidingWindow(EvaluationSettings.HALF), description, listener);
            progress.reset("Validating after epoch " + epochs, cases.size());
            for (PreparedCase one : cases) {
                PreparedEvaluationCase evaluated = new PreparedEvaluationCase(one, description);
                evaluation
                        .evaluate(
                                network.manager(),
                                evaluated,
                                List.of(new ModalitySubset(one.modalities())))
                        .forEach(scored -> scores.addAll(scored.scores()));
                progress.increment(1);
            }
            progress.end();
        }
        return scores;
    }

    private static double mean(List<Score> scores) {
        return scores.stream()
                .mapToDouble(score -> score.measures().dice())
                .average()
                .orElseThrow();
    }
}
