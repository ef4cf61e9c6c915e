/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.PaddedConv3d;

/**
 * What makes tokens of one modality's coarsest feature.
 *
 * @param convolution 1^3, from the feature's channels to T
 * @param position the learned position (1, n, T), zeros at first
 * @param transformer the transformer within the modality
 */
record IntraModal(PaddedConv3d convolution, Parameter position, Transformer transformer) {

    /**
     * Makes the tokens.
     *
     * @param coarsest the feature (B, C, patch, patch, patch), left open
     * @return the tokens (B, patch^3, T)
     */
    NDArray tokens(ForwardPass pass, NDArray coarsest) {
        NDArray places = pass.value(position, coarsest.getDevice());
        try (NDArray wide = pass.apply(convolution, coarsest);
                NDArray flat = wide.reshape(wide.getShape().get(0), wide.getShape().get(1), -1);
                NDArray tokens = flat.transpose(0, 2, 1)) {
            return pass.apply(transformer, tokens, places);
        }
    }
}
