/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import io.github.gssloss.networks.AffineInstanceNorm;
import io.github.gssloss.networks.ConvBlock;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.PaddedConv3d;

/**
 * What the network is built of: a convolution ({@link UnitStyle}), instance norm with gain and
 * shift, leaky ReLU of slope 0.2. Its children are named {@code conv} and {@code norm}.
 */
final class Unit extends Layer {

    private final PaddedConv3d conv;
    private final AffineInstanceNorm norm;

    Unit(PaddedConv3d conv, int filters) {
        this.conv = addChildBlock("conv", conv);
        norm = addChildBlock("norm", new AffineInstanceNorm(filters));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray response = pass.apply(conv, inputs.singletonOrThrow());
        try (NDArray normal = pass.applyAndClose(norm, response)) {
            return new NDList(Activation.leakyRelu(normal, ConvBlock.SLOPE));
        }
    }
}
