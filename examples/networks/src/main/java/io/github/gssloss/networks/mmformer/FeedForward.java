/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gssloss.networks.Layers;

/**
 * Two linear layers on each token with an exact GELU between them, dropout after the GELU and at
 * the end. Input and output (B, n, T).
 */
final class FeedForward extends AbstractBlock {

    private final Linear widening;
    private final Linear narrowing;
    private final float dropout;

    FeedForward(int channels, int hidden, float dropout) {
        this.dropout = dropout;
        // The published names count the GELU and the dropout between the two.
        widening = addChildBlock("0", Tokens.linear(channels, hidden, true));
        narrowing = addChildBlock("3", Tokens.linear(hidden, channels, true));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        try (NDArray wide = Layers.apply(widening, parameterStore, x, training);
                NDArray active = Activation.gelu(wide);
                NDArray kept = Tokens.dropout(active, dropout, training);
                NDArray narrow = Layers.apply(narrowing, parameterStore, kept, training)) {
            return new NDList(Tokens.dropout(narrow, dropout, training));
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        widening.initialize(manager, dataType, inputShapes);
        narrowing.initialize(manager, dataType, widening.getOutputShapes(inputShapes));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }
}
