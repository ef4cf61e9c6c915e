/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import io.github.gssloss.networks.AffineInstanceNorm;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.PaddedConv3d;

/**
 * How much each modality counts in each voxel of a level of C channels: 3^3 convolution, instance
 * norm, sigmoid. Input: the masked features of all modalities (B, M C, D, H, W); output (B, M, D,
 * H, W) in 0..1.
 */
final class Gate extends Layer {

    private final PaddedConv3d conv;
    private final AffineInstanceNorm norm;

    Gate(int modalities, UnitStyle style) {
        conv = addChildBlock("conv", style.convolution(modalities, 3, 1));
        norm = addChildBlock("norm", new AffineInstanceNorm(modalities));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray response = pass.apply(conv, inputs.singletonOrThrow());
        try (NDArray normal = pass.applyAndClose(norm, response)) {
            return new NDList(Activation.sigmoid(normal));
        }
    }
}
