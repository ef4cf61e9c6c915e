/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;

/**
 * What a {@link ModalityNetwork} is given in training, with the masks as 0 and 1 of the features'
 * type.
 *
 * @param x the images (B, M, D, H, W)
 * @param subset (B, M), the modalities that the fusion may use
 * @param present (B, M), the images that exist
 */
public record TrainingInputs(NDArray x, NDArray subset, NDArray present) {}
