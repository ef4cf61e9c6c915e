/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/**
 * What is the same for all blocks of one forward pass.
 *
 * @param store where the parameters are
 * @param training whether this is a training forward pass
 */
public record ForwardPass(ParameterStore store, boolean training) {

    /**
     * Returns the value of a parameter.
     *
     * @param parameter the parameter
     * @param device where the value is needed
     * @return the value, which the store owns
     */
    public NDArray value(Parameter parameter, Device device) {
        return store.getValue(parameter, device, training);
    }

    /**
     * Applies a block of one output.
     *
     * @param block the block
     * @param inputs the inputs, left open
     * @return the output
     */
    public NDArray apply(Block block, NDArray... inputs) {
        return block.forward(store, new NDList(inputs), training).singletonOrThrow();
    }

    /**
     * Applies a block of one input and one output, and closes the input. What autograd still needs
     * of it, autograd keeps.
     *
     * @param block the block
     * @param x the input, closed afterwards
     * @return the output
     */
    public NDArray applyAndClose(Block block, NDArray x) {
        try (x) {
            return apply(block, x);
        }
    }
}
