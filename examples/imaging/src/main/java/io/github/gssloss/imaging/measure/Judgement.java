/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.List;

/** What came out for a case and a subset of the modalities. */
public final class Judgement {

    private final EvaluationCase evaluated;
    private final ModalitySubset subset;
    private final byte[] prediction;
    private final List<Score> scores;

    Judgement(
            EvaluationCase evaluated,
            ModalitySubset subset,
            byte[] prediction,
            List<Score> scores) {
        this.evaluated = evaluated;
        this.subset = subset;
        this.prediction = prediction;
        this.scores = List.copyOf(scores);
    }

    /**
     * Returns the case.
     *
     * @return the case that was segmented
     */
    public EvaluationCase evaluated() {
        return evaluated;
    }

    /**
     * Returns the modalities that the network was given.
     *
     * @return the subset
     */
    public ModalitySubset subset() {
        return subset;
    }

    /**
     * Returns the predicted classes.
     *
     * @return one a voxel of the crop, shape (D, H, W) in C order; not a copy, and not used by the
     *     evaluation any more
     */
    public byte[] prediction() {
        return prediction;
    }

    /**
     * Returns the scores.
     *
     * @return one row per region
     */
    public List<Score> scores() {
        return scores;
    }
}
