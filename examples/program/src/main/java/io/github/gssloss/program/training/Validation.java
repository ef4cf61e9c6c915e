/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.util.Progress;
import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Evaluation;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.WindowListener;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.evaluation.PreparedEvaluationCase;
import io.github.gssloss.program.evaluation.TrainedNetwork;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges the weights of a run on the way: with all four modalities, the Dice of each region
 * averaged over the cases, and of the regions averaged in turn. Every judgement is a row of {@code
 * validation.csv}; the best weights are kept as {@code best.npz} beside the checkpoints.
 *
 * <p>It judges a copy of the network that it loads from the checkpoint, and so changes nothing in
 * the training.
 */
final class Validation {

    private static final String HEADER =
            Stream.of(TumorRegion.values())
                    .map(TumorRegion::label)
                    .collect(Collectors.joining(",", "epoch,dice,", "\n"));

    private final RunFolder run;
    private final List<PreparedCase> cases;
    private final Progress progress;

    Validation(RunFolder run, List<PreparedCase> cases, Progress progress) {
        this.run = run;
        this.cases = cases;
        this.progress = progress;
    }

    /** Whether weights are judged after so many epochs. */
    static boolean isDue(RunSettings settings, int epochs) {
        return settings.validation().isPresent()
                && (epochs % settings.validateEvery() == 0 || epochs % settings.epochs() == 0);
    }

    /**
     * Judges weights.
     *
     * @param epochs the epochs done
     * @param weights the weights then
     * @param before what came of validating before
     * @param listener told about each window
     * @return what holds now
     */
    Validated judge(int epochs, Path weights, Validated before, WindowListener listener)
            throws IOException {
        List<Score> scores = new ArrayList<>();
        try (TrainedNetwork network = TrainedNetwork.load(run.settings(), weights)) {
            Evaluation evaluation =
                    new Evaluation(network.slidingWindow(EvaluationSettings.HALF), listener);
            progress.reset("Validating after epoch " + epochs, cases.size());
            for (PreparedCase one : cases) {
                PreparedEvaluationCase judged =
                        new PreparedEvaluationCase(one, run.settings().labels());
                evaluation
                        .evaluate(network.manager(), judged, List.of(ModalitySubset.ALL))
                        .forEach(scored -> scores.addAll(scored.scores()));
                progress.increment(1);
            }
            progress.end();
        }
        double dice = mean(scores);
        Validated now = before.after(epochs, dice);
        if (now.bestEpoch() == epochs) {
            keep(weights);
        }
        append(epochs, dice, scores);
        return now;
    }

    private void keep(Path weights) throws IOException {
        String name = weights.toFile().getName();
        Path best = weights.resolveSibling("best" + name.substring(name.lastIndexOf('.')));
        WholeFile.write(best, out -> Files.copy(weights, out));
    }

    private static double mean(List<Score> scores) {
        return scores.stream()
                .mapToDouble(score -> score.measures().dice())
                .average()
                .orElseThrow();
    }

    /** Replaces what stands there of this epoch and later ones, which a stop may have left. */
    private void append(int epochs, double dice, List<Score> scores) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        if (Files.exists(run.validation())) {
            Files.readString(run.validation())
                    .lines()
                    .skip(1)
                    .filter(row -> Integer.parseInt(row.substring(0, row.indexOf(','))) < epochs)
                    .forEach(row -> text.append(row).append('\n'));
        }
        text.append(epochs).append(',').append(dice);
        for (TumorRegion region : TumorRegion.values()) {
            double mean = mean(scores.stream().filter(one -> one.region() == region).toList());
            text.append(',').append(mean);
        }
        WholeFile.write(run.validation(), text.append('\n').toString());
    }
}
