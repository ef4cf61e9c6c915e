/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Constants for operations that autograd records.
 *
 * <p>DJL hands a Java number to the engine in a buffer that Java frees, and autograd keeps pointing
 * at it: gradients then depend on the garbage collector. A constant that the engine made itself is
 * safe, also once its handle is closed.
 */
final class Recorded {

    private Recorded() {}

    /** A scalar in memory of the engine's own. */
    static NDArray constant(NDManager manager, double value, DataType type) {
        return manager.ones(new Shape(), type).muli(value);
    }

    /** Multiplies by a constant. */
    static NDArray times(NDArray x, double factor) {
        try (NDArray constant = constant(x.getManager(), factor, x.getDataType())) {
            return x.mul(constant);
        }
    }

    /**
     * A value that autograd differentiates to a multiple of given gradients: its graph holds the
     * gradients and nothing of the way the value was computed.
     *
     * @param value a scalar
     * @param inputs the arrays to differentiate by
     * @param gradients the gradient with respect to each; their handles are closed, so that the
     *     backward pass frees one after the other
     * @param factor what the gradients are multiplied by: on the way back, where it costs no pass
     *     of its own
     */
    static NDArray withGradients(NDArray value, NDList inputs, NDList gradients, double factor) {
        NDArray sum = value;
        for (int i = 0; i < inputs.size(); i++) {
            try (NDArray flat = inputs.get(i).flatten();
                    NDArray gradient = gradients.get(i);
                    NDArray flatGradient = gradient.flatten();
                    NDArray linear = flat.dot(flatGradient);
                    NDArray offset = linear.stopGradient();
                    NDArray nothing = linear.sub(offset)) {
                sum = sum.add(times(nothing, factor));
            }
        }
        return sum;
    }
}
