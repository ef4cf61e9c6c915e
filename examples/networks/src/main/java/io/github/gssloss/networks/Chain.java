/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;

/**
 * Blocks applied one after the other, each of one input and one output, named by their position
 * ({@code 0}, {@code 1}, ...) as in the published checkpoints. DJL's {@link
 * ai.djl.nn.SequentialBlock} keeps every array between its blocks open; this one closes them as it
 * goes.
 */
public final class Chain extends Layer {

    /**
     * Creates the chain.
     *
     * @param blocks the blocks, first to last
     */
    public Chain(Block... blocks) {
        for (int i = 0; i < blocks.length; i++) {
            addChildBlock(Integer.toString(i), blocks[i]);
        }
    }

    private Chain(String name, Block block) {
        addChildBlock(name, block);
    }

    /**
     * Puts a block under one more name: the published checkpoints nest deeper than the layers do.
     *
     * @param name the name of the child
     * @param block the child
     * @return a chain of this block alone
     */
    public static Chain named(String name, Block block) {
        return new Chain(name, block);
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = null;
        for (Block block : getChildren().values()) {
            x =
                    x == null
                            ? pass.apply(block, inputs.singletonOrThrow())
                            : pass.applyAndClose(block, x);
        }
        return new NDList(x);
    }
}
