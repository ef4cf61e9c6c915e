/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A convolution with instance norm and leaky ReLU of slope 0.2: what the networks are built of. Its
 * one child is named {@code conv}.
 */
public final class ConvBlock extends AbstractBlock {

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

    /**
     * Creates a block of a 1^3 convolution that comes first.
     *
     * @param filters the channels of the output
     * @return the block
     */
    public static ConvBlock ofSize1(int filters) {
        return new ConvBlock(PaddedConv3d.ofSize1(filters), Order.CONVOLUTION_FIRST);
    }

    /**
     * Creates a block of a 3^3 convolution that comes first.
     *
     * @param filters the channels of the output
     * @param stride the step along each axis
     * @param mode the padding
     * @return the block
     */
    public static ConvBlock ofSize3(int filters, int stride, PaddingMode mode) {
        return new ConvBlock(PaddedConv3d.ofSize3(filters, stride, mode), Order.CONVOLUTION_FIRST);
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        if (order == Order.NORM_FIRST) {
            return new NDList(Layers.pass(conv, parameterStore, activated(x), training));
        }
        try (NDArray response = Layers.apply(conv, parameterStore, x, training)) {
            return new NDList(activated(response));
        }
    }

    private static NDArray activated(NDArray x) {
        try (NDArray normal = InstanceNorm.apply(x)) {
            return Activation.leakyRelu(normal, SLOPE);
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        conv.initialize(manager, dataType, inputShapes);
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return conv.getOutputShapes(inputShapes);
    }
}
