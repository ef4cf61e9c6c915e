/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import io.github.gssloss.networks.Chain;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;

/**
 * A transformer of one layer. Inputs: tokens (B, n, T) and their positions (1, n, T), which are
 * added first; output: tokens (B, n, T).
 */
final class Transformer extends Layer {

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
        Block net =
                Chain.named("net", Tokens.feedForward(size.channels, size.hidden, size.dropout));
        feedForward = addChildBlock("cross_ffn_list", only(new Residual(size.channels, net, 0f)));
    }

    /** The published network keeps its layers in lists, of one layer each. */
    private static Chain only(Block step) {
        return new Chain(Chain.named("fn", step));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray placed = inputs.get(0).add(inputs.get(1));
        NDArray attended = pass.applyAndClose(attention, placed);
        return new NDList(pass.applyAndClose(feedForward, attended));
    }
}
