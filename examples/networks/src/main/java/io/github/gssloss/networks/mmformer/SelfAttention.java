/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;

/**
 * Attention of tokens to each other, in several heads: softmax(q k / sqrt(head size)) v, with
 * dropout on the attention weights and after the projection. Input and output (B, n, T).
 */
final class SelfAttention extends Layer {

    private final Linear qkv;
    private final Linear projection;
    private final int heads;
    private final float dropout;

    SelfAttention(int channels, int heads, float dropout) {
        this.heads = heads;
        this.dropout = dropout;
        qkv = addChildBlock("qkv", Tokens.linear(channels, 3 * channels, false));
        projection = addChildBlock("proj", Tokens.linear(channels, channels, true));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = inputs.singletonOrThrow();
        long batch = x.getShape().get(0);
        long tokens = x.getShape().get(1);
        long channels = x.getShape().get(2);
        try (NDArray all = pass.apply(qkv, x);
                NDArray perHead = all.reshape(batch, tokens, 3, heads, channels / heads);
                NDArray ordered = perHead.transpose(2, 0, 3, 1, 4);
                NDArray attended = attend(ordered, pass.training());
                NDArray perToken = attended.transpose(0, 2, 1, 3);
                NDArray joined = perToken.reshape(batch, tokens, channels);
                NDArray projected = pass.apply(projection, joined)) {
            return new NDList(Tokens.dropout(projected, dropout, pass.training()));
        }
    }

    /** From queries, keys and values (3, B, heads, n, head size) to (B, heads, n, head size). */
    private NDArray attend(NDArray qkv, boolean training) {
        NDManager manager = qkv.getManager();
        float scale = (float) (1 / Math.sqrt((double) qkv.getShape().get(4)));
        try (NDArray queries = qkv.get(0);
                NDArray keys = qkv.get(1);
                NDArray values = qkv.get(2);
                NDArray factor = manager.full(new Shape(), scale, qkv.getDataType());
                NDArray scaled = queries.mul(factor);
                NDArray turned = keys.transpose(0, 1, 3, 2);
                NDArray scores = scaled.matMul(turned);
                NDArray weights = scores.softmax(-1);
                NDArray kept = Tokens.dropout(weights, dropout, training)) {
            return kept.matMul(values);
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        qkv.initialize(manager, dataType, inputShapes);
        projection.initialize(manager, dataType, inputShapes);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }
}
