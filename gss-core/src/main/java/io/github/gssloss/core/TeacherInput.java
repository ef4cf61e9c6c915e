/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The input of a {@link Teacher} at a block of voxels: some of the batch's samples (B) and V of
 * their voxels, in one axis. Its arrays are never written.
 *
 * @param probabilities per modality the plain probabilities p = softmax(z), (B, N, V)
 * @param temperedProbabilities per modality q = softmax(z / &tau;), (B, N, V)
 * @param present (B, M), non-zero where a sample has a modality; null: all are present
 * @param fused the fused probabilities (B, N, V); null if the teacher does not {@linkplain
 *     Teacher#needsFused() need} them
 * @param labels one-hot labels (B, N, V) of 0 and 1 in the type of the probabilities, 0 where a
 *     voxel is ignored or labelled with no class; null if neither the teacher {@linkplain
 *     Teacher#needsLabels() needs} them nor trust, balance or readiness of the settings
 * @param config the groups, the voting rule, the temperature
 */
public record TeacherInput(
        NDList probabilities,
        NDList temperedProbabilities,
        NDArray present,
        NDArray fused,
        NDArray labels,
        GssConfig config) {

    /**
     * Creates an input, for a teacher that is called by hand.
     *
     * @param probabilities per modality the plain probabilities p
     * @param temperedProbabilities per modality the tempered probabilities q
     * @param present which modalities each sample has, or null
     * @param fused the fused probabilities, or null
     * @param labels one-hot labels, or null
     * @param config the groups, the voting rule, the temperature
     * @throws IllegalArgumentException if probabilities or settings are missing
     */
    public TeacherInput {
        Arguments.requireNonNull("probabilities", probabilities);
        Arguments.requireNonNull("temperedProbabilities", temperedProbabilities);
        Arguments.requireNonNull("config", config);
    }
}
