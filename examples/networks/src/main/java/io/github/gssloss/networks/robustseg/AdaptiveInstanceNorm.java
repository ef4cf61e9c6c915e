/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.InstanceNorm;

/** Instance norm (epsilon 1e-5) whose gains and shifts are given for each sample (AdaIN). */
final class AdaptiveInstanceNorm {

    private AdaptiveInstanceNorm() {}

    /**
     * Normalises and applies gains and shifts.
     *
     * @param x the features (B, C, D, H, W), closed afterwards
     * @param mu the gains (B, C), left open
     * @param sigma the shifts (B, C), left open
     * @return mu (x - mean) / sqrt(variance + 1e-5) + sigma
     */
    static NDArray apply(NDArray x, NDArray mu, NDArray sigma) {
        Shape perChannel = mu.getShape().addAll(new Shape(1, 1, 1));
        try (x;
                NDArray normal = InstanceNorm.apply(x);
                NDArray gains = mu.reshape(perChannel);
                NDArray shifts = sigma.reshape(perChannel)) {
            // In place: the gradient of a product needs its factors only.
            return normal.mul(gains).addi(shifts);
        }
    }
}
