/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.imaging.segment.WindowListener;
import io.github.gssloss.imaging.segment.WindowPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Evaluates a network on a case: segments it with every subset of the modalities and compares the
 * predictions with the truth, region by region.
 */
public final class Evaluation {

    private final SlidingWindow slidingWindow;
    private final DataDescription description;
    private final MeasureSettings measures;
    private final WindowListener progress;
    private final Predicate<ModalitySubset> kept;

    /**
     * Creates an evaluation by the usual measures.
     *
     * @param slidingWindow how a volume is segmented
     * @param description the classes and regions
     * @param progress receives the number of windows done
     */
    public Evaluation(
            SlidingWindow slidingWindow, DataDescription description, WindowListener progress) {
        this(slidingWindow, description, MeasureSettings.USUAL, progress);
    }

    /**
     * Creates an evaluation.
     *
     * @param slidingWindow how a volume is segmented
     * @param description the classes and regions
     * @param measures what is measured
     * @param progress receives the number of windows done
     */
    public Evaluation(
            SlidingWindow slidingWindow,
            DataDescription description,
            MeasureSettings measures,
            WindowListener progress) {
        this(slidingWindow, description, measures, progress, subset -> false);
    }

    private Evaluation(
            SlidingWindow slidingWindow,
            DataDescription description,
            MeasureSettings measures,
            WindowListener progress,
            Predicate<ModalitySubset> kept) {
        this.slidingWindow = slidingWindow;
        this.description = description;
        this.measures = measures;
        this.progress = progress;
        this.kept = kept;
    }

    /**
     * Returns this evaluation with probabilities kept: 4 bytes for each class and voxel.
     *
     * @param wanted of which subsets
     * @return an evaluation that differs in this alone
     */
    public Evaluation keeping(Predicate<ModalitySubset> wanted) {
        return new Evaluation(slidingWindow, description, measures, progress, wanted);
    }

    /**
     * Evaluates the network on a case.
     *
     * @param manager whose device the windows go to; nothing stays on it
     * @param evaluated the case, which the network should not have seen
     * @param subsets the subsets of the modalities to evaluate with
     * @return a prediction for each subset, in their order
     * @throws UserInputException if the network's probabilities are not finite
     * @throws IllegalArgumentException if there is no subset
     */
    public List<ScoredPrediction> evaluate(
            NDManager manager, EvaluationCase evaluated, List<ModalitySubset> subsets) {
        if (subsets.isEmpty()) {
            throw new IllegalArgumentException("subsets: expected at least one, got none");
        }
        List<WindowPrediction> predictions =
                slidingWindow.predict(
                        manager,
                        evaluated.name(),
                        evaluated.shape(),
                        evaluated.images(),
                        subsets,
                        kept,
                        progress);
        CaseTruth truth = evaluated.truth(description).measuring(measures);
        List<ScoredPrediction> scored = new ArrayList<>();
        for (int s = 0; s < subsets.size(); s++) {
            ModalitySubset subset = subsets.get(s);
            byte[] prediction = predictions.get(s).classes();
            Map<Region, Measures> numbers = truth.measure(evaluated.inVolume(prediction));
            List<Score> scores = new ArrayList<>();
            numbers.forEach(
                    (region, measured) ->
                            scores.add(new Score(evaluated.name(), subset, region, measured)));
            scored.add(
                    new ScoredPrediction(
                            subset, prediction, predictions.get(s).probabilities(), scores));
        }
        return scored;
    }
}
