/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;

/**
 * A convolution with instance norm and leaky ReLU of slope 0.2: what the networks are built of. Its
 * one child is named {@code conv}.
 */
public final class ConvBlock extends Layer {

    /** Slope of the leaky ReLU below zero. */
    public static final float SLOPE = 0.2f;

    /** What a block does first. */
    public enum Order {
        /** Convolution, norm, leaky ReLU: RFNet. */
        CONVOLUTION_FIRST,
        /** Norm, leaky ReLU, convolution: mmFormer. */
        NORM_FIRST
    }

    private final PaddedConv3d conv;
    private final Order order;

    /**
     * Creates the block around a convolution.
     *
     * @param conv the convolution
     * @param order what comes first
     */
    public ConvBlock(PaddedConv3d conv, Order order) {
        this.conv = addChildBlock("conv", conv);
        this.order = order;
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = inputs.singletonOrThrow();
        if (order == Order.NORM_FIRST) {
            return new NDList(pass.applyAndClose(conv, activated(x)));
        }
        try (NDArray response = pass.apply(conv, x)) {
            return new NDList(activated(response));
        }
    }

    private static NDArray activated(NDArray x) {
        try (NDArray normal = InstanceNorm.apply(x)) {
            return Activation.leakyRelu(normal, SLOPE);
        }
    }
}
