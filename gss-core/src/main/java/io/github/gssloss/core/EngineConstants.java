/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers as arrays of the engine, for operations that autograd does not record. A Java number as
 * an operand is copied from the host at each operation, which a GPU has to wait for; a filled array
 * is made where it is used. (The engine fills in float32, so that float64 is copied.)
 */
final class EngineConstants {

    private EngineConstants() {}

    /** A scalar of the type and on the manager of an array. */
    static NDArray of(double number, NDArray like) {
        return like.getDataType() == DataType.FLOAT64
                ? like.getManager().create(number)
                : like.getManager().full(new Shape(), (float) number, like.getDataType());
    }

    /** 1 - x, written over x. */
    static NDArray oneMinus(NDArray x) {
        return x.negi().addi(of(1, x));
    }
}
