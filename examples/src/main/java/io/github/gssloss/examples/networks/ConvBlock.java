/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.networks;

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
 * Convolution, instance norm, leaky ReLU of slope 0.2: the block that RFNet is built of. Its one
 * child is named {@code conv}.
 */
public final class ConvBlock extends AbstractBlock {

    /** Slope of the leaky ReLU below zero. */
    public static final float SLOPE = 0.2f;

    private final PaddedConv3d conv;

    /**
     * Creates the block around a convolution.
     *
     * @param conv the convolution
     */
    public ConvBlock(PaddedConv3d conv) {
        this.conv = addChildBlock("conv", conv);
    }

    /**
     * Creates a block of a 1^3 convolution.
     *
     * @param filters the channels of the output
     * @return the block
     */
    public static ConvBlock ofSize1(int filters) {
        return new ConvBlock(PaddedConv3d.ofSize1(filters));
    }

    /**
     * Creates a block of a 3^3 convolution.
     *
     * @param filters the channels of the output
     * @param stride the step along each axis
     * @param mode the padding
     * @return the block
     */
    public static ConvBlock ofSize3(int filters, int stride, PaddingMode mode) {
        return new ConvBlock(PaddedConv3d.ofSize3(filters, stride, mode));
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        try (NDArray response =
                        Layers.apply(conv, parameterStore, inputs.singletonOrThrow(), training);
                NDArray normal = InstanceNorm.apply(response)) {
            return new NDList(Activation.leakyRelu(normal, SLOPE));
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
