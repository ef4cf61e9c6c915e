/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import java.util.List;
import java.util.Optional;

/** What a network predicted for a case given a subset of the modalities, with its scores. */
public final class ScoredPrediction {

    private final ModalitySubset subset;
    private final byte[] classes;
    private final Optional<float[]> probabilities;
    private final List<Score> scores;

    ScoredPrediction(
            ModalitySubset subset,
            byte[] classes,
            Optional<float[]> probabilities,
            List<Score> scores) {
        this.subset = subset;
        this.classes = classes;
        this.probabilities = probabilities;
        this.scores = List.copyOf(scores);
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
    public byte[] classes() {
        return classes;
    }

    /**
     * Returns the probabilities that the classes are of.
     *
     * @return (N, D, H, W) of the crop in C order; empty unless the evaluation keeps those of this
     *     subset; not a copy
     */
    public Optional<float[]> probabilities() {
        return probabilities;
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
