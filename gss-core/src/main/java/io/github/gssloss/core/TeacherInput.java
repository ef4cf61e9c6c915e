/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * What a {@link Teacher} sees of a block of voxels: some of the batch's samples (B) and V of their
 * voxels, in one axis. To be read, never written.
 *
 * @param confidence per modality the plain probabilities p = softmax(z), (B, N, V)
 * @param value per modality the tempered probabilities q = softmax(z / tau), (B, N, V)
 * @param present (B, M), non-zero where a sample has a modality; null: all are there
 * @param fused the fused prediction's probabilities (B, N, V); null where the teacher does not
 *     {@linkplain Teacher#needsFused() need} it
 * @param settings the groups, the voting rule, the temperature
 */
public record TeacherInput(
        NDList confidence, NDList value, NDArray present, NDArray fused, GssConfig settings) {

    /**
     * Creates an input, for a teacher that is called by hand.
     *
     * @param confidence per modality the plain probabilities p
     * @param value per modality the tempered probabilities q
     * @param present which modalities each sample has, or null
     * @param fused the fused prediction's probabilities, or null
     * @param settings the groups, the voting rule, the temperature
     * @throws IllegalArgumentException if probabilities or settings are missing
     */
    public TeacherInput {
        Arguments.requireNonNull("confidence", confidence);
        Arguments.requireNonNull("value", value);
        Arguments.requireNonNull("settings", settings);
    }
}
