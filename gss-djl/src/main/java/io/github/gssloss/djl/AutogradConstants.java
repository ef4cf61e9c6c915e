/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Constants for operations that autograd records.
 *
 * <p>DJL passes a Java number to the engine in a buffer that Java frees, while autograd still
 * points at it: gradients then depend on the garbage collector. A constant in the engine's own
 * memory is safe, also after its handle is closed.
 */
final class AutogradConstants {

    private AutogradConstants() {}

    /** A scalar in the engine's own memory. */
    static NDArray constant(NDManager manager, double value, DataType type) {
        return manager.ones(new Shape(), type).muli(value);
    }

    /** Multiplies by a constant. */
    static NDArray times(NDArray x, double factor) {
        try (NDArray constant = constant(x.getManager(), factor, x.getDataType())) {
            return x.mul(constant);
        }
    }
}
