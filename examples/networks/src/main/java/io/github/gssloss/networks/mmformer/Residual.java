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

/** A step of a transformer: x + dropout(step(norm(x))), of tokens (B, n, T). */
final class Residual extends AbstractBlock {

    private final TokenNorm norm;
    private final Block step;
    private final float dropout;

    Residual(int channels, Block step, float dropout) {
        norm = addChildBlock("norm", new TokenNorm(channels));
        this.step = addChildBlock("fn", step);
        this.dropout = dropout;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        NDArray normal = Layers.apply(norm, parameterStore, x, training);
        try (NDArray change = Layers.pass(step, parameterStore, normal, training);
                NDArray kept = Tokens.dropout(change, dropout, training)) {
            return new NDList(x.add(kept));
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        norm.initialize(manager, dataType, inputShapes);
        step.initialize(manager, dataType, inputShapes);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }
}
