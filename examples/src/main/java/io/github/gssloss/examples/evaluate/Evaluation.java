/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.evaluate;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.UserInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges a network: segments every case with every subset of the modalities and compares the
 * prediction with the truth, region by region.
 */
public final class Evaluation {

    private final SlidingWindow slidingWindow;
    private final List<ModalitySubset> subsets;
    private final Consumer<Judgement> progress;

    /**
     * Creates an evaluation that tells nobody how far it is.
     *
     * @param slidingWindow how a volume is segmented
     * @param subsets the subsets to judge, in the order of the table
     * @throws IllegalArgumentException if there is no subset
     */
    public Evaluation(SlidingWindow slidingWindow, List<ModalitySubset> subsets) {
        this(slidingWindow, subsets, judgement -> {});
    }

    /**
     * Creates an evaluation.
     *
     * @param slidingWindow how a volume is segmented
     * @param subsets the subsets to judge, in the order of the table
     * @param progress told the prediction and scores of every subset, once a case is through
     * @throws IllegalArgumentException if there is no subset
     */
    public Evaluation(
            SlidingWindow slidingWindow,
            List<ModalitySubset> subsets,
            Consumer<Judgement> progress) {
        if (subsets.isEmpty()) {
            throw new IllegalArgumentException("subsets: expected at least one, got none");
        }
        this.slidingWindow = slidingWindow;
        this.subsets = List.copyOf(subsets);
        this.progress = progress;
    }

    /**
     * Judges the cases one after another.
     *
     * @param manager whose device the windows go to; nothing stays on it
     * @param cases the cases, none of which the network should have seen
     * @return the scores, case by case
     * @throws UserInputException if there is no case or one is smaller than the window, before any
     *     is segmented
     */
    public DiceTable evaluate(NDManager manager, List<? extends EvaluationCase> cases) {
        check(cases);
        List<DiceScore> rows = new ArrayList<>();
        int total = cases.size() * subsets.size();
        int done = 0;
        for (EvaluationCase evaluated : cases) {
            float[] images = evaluated.images();
            byte[] labels = evaluated.labels();
            List<byte[]> predictions =
                    slidingWindow.segment(manager, evaluated.shape(), images, subsets);
            for (int s = 0; s < subsets.size(); s++) {
                ModalitySubset subset = subsets.get(s);
                byte[] prediction = predictions.get(s);
                List<DiceScore> scores = scores(evaluated.name(), subset, prediction, labels);
                rows.addAll(scores);
                done++;
                progress.accept(new Judgement(done, total, evaluated, subset, prediction, scores));
            }
        }
        return new DiceTable(rows);
    }

    private void check(List<? extends EvaluationCase> cases) {
        if (cases.isEmpty()) {
            throw new UserInputException("cases: expected at least one to judge, got none");
        }
        for (EvaluationCase evaluated : cases) {
            if (!slidingWindow.fits(evaluated.shape())) {
                throw new UserInputException(
                        "case "
                                + evaluated.name()
                                + ": expected at least the window "
                                + Arrays.toString(slidingWindow.window())
                                + ", got a volume of "
                                + Arrays.toString(evaluated.shape()));
            }
        }
    }

    private List<DiceScore> scores(
            String caseName, ModalitySubset subset, byte[] prediction, byte[] labels) {
        return Arrays.stream(TumorRegion.values())
                .map(
                        region ->
                                new DiceScore(
                                        caseName,
                                        subset,
                                        region,
                                        Dice.of(
                                                prediction,
                                                labels,
                                                region,
                                                slidingWindow.numClasses())))
                .toList();
    }
}
