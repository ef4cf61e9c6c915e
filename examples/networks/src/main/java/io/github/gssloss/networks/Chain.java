/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/**
 * Blocks applied one after the other, each of one input and one output, named by their position
 * ({@code 0}, {@code 1}, ...) as in the published checkpoints. DJL's {@link
 * ai.djl.nn.SequentialBlock} keeps every array between its blocks open; this one closes them as it
 * goes.
 */
public final class Chain extends AbstractBlock {

    private final List<Block> blocks;

    /**
     * Creates the chain.
     *
     * @param blocks the blocks, first to last
     */
    public Chain(Block... blocks) {
        this.blocks = List.of(blocks);
        for (int i = 0; i < blocks.length; i++) {
            addChildBlock(Integer.toString(i), blocks[i]);
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x =
                Layers.apply(blocks.get(0), parameterStore, inputs.singletonOrThrow(), training);
        for (Block block : blocks.subList(1, blocks.size())) {
            x = Layers.pass(block, parameterStore, x, training);
        }
        return new NDList(x);
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape[] shapes = inputShapes;
        for (Block block : blocks) {
            block.initialize(manager, dataType, shapes);
            shapes = block.getOutputShapes(shapes);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] shapes = inputShapes;
        for (Block block : blocks) {
            shapes = block.getOutputShapes(shapes);
        }
        return shapes;
    }
}
