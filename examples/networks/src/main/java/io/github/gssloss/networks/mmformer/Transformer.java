/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.Named;

/**
 * A transformer of one layer. Inputs: tokens (B, n, T) and their positions (1, n, T), which are
 * added first; output: tokens (B, n, T).
 */
final class Transformer extends AbstractBlock {

    /**
     * The sizes of a transformer.
     *
     * @param channels T, a multiple of the heads
     * @param heads the heads of the attention
     * @param hidden the channels between the two linear layers
     * @param dropout the rate of every dropout
     */
    record Size(int channels, int heads, int hidden, float dropout) {}

    private final Block attention;
    private final Block feedForward;

    Transformer(Size size) {
        SelfAttention inner = new SelfAttention(size.channels, size.heads, size.dropout);
        attention =
                addChildBlock(
                        "cross_attention_list",
                        only(new Residual(size.channels, inner, size.dropout)));
        // This step drops out within itself, so its residual does not.
        Block net = new Named("net", new FeedForward(size.channels, size.hidden, size.dropout));
        feedForward = addChildBlock("cross_ffn_list", only(new Residual(size.channels, net, 0f)));
    }

    /** The published network keeps its layers in lists, of one layer each. */
    private static Named only(Block step) {
        return new Named("0", new Named("fn", step));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray placed = inputs.get(0).add(inputs.get(1));
        NDArray attended = Layers.pass(attention, parameterStore, placed, training);
        return new NDList(Layers.pass(feedForward, parameterStore, attended, training));
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        attention.initialize(manager, dataType, inputShapes[0]);
        feedForward.initialize(manager, dataType, inputShapes[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0]};
    }
}
