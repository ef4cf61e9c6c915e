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
 * memory is safe, also after its handle is closed. It is filled where it is used, so that a GPU
 * waits for no copy.
 */
final class AutogradConstants {

    private AutogradConstants() {}

    /** A scalar in the engine's own memory. */
    static NDArray constant(NDManager manager, double value, DataType type) {
        return type == DataType.FLOAT64
                ? manager.create(value).duplicate()
                : manager.full(new Shape(), (float) value, type);
    }

    /** Multiplies by a constant. */
    static NDArray times(NDArray x, double factor) {
        try (NDArray constant = constant(x.getManager(), factor, x.getDataType())) {
            return x.mul(constant);
        }
    }

    /** The larger of each number and a constant. */
    static NDArray atLeast(NDArray x, double least) {
        try (NDArray constant = constant(x.getManager(), least, x.getDataType())) {
            return x.maximum(constant);
        }
    }

    /** 1 - x. */
    static NDArray oneMinus(NDArray x) {
        try (NDArray one = constant(x.getManager(), 1, x.getDataType());
                NDArray negative = x.neg()) {
            return negative.add(one);
        }
    }

    /**
     * A half-precision array as float32, others as they are. DJL's own conversion drops the
     * gradient; that of this product is rounded to half once, when it reaches the array.
     */
    static NDArray promoted(NDArray x) {
        if (x.getDataType() != DataType.FLOAT16) {
            return x;
        }
        try (NDArray one = x.getManager().ones(new Shape(1), DataType.FLOAT32)) {
            return x.mul(one);
        }
    }
}
