/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers as arrays of the engine, for operations that autograd does not record. A Java number as
 * an operand is copied from the host at each operation, which a GPU has to wait for; a filled array
 * is made where it is used. The engine fills in float32: a number that float32 cannot hold is
 * copied all the same, into an array that can.
 */
final class EngineConstants {

    private EngineConstants() {}

    /** A scalar of the type and on the manager of an array. */
    static NDArray of(double number, NDArray like) {
        NDManager manager = like.getManager();
        DataType type = like.getDataType();
        if ((float) number != number && type == DataType.FLOAT64) {
            return manager.create(number);
        }
        if ((float) number != number && type == DataType.INT64) {
            return manager.create((long) number);
        }
        return manager.full(new Shape(), (float) number, type);
    }

    /** A whole number in every place of a shape, of the type and on the manager of an array. */
    static NDArray of(int number, Shape shape, NDArray like) {
        return like.getManager().full(shape, number, like.getDataType());
    }

    /** 1 - x, written over x. */
    static NDArray oneMinus(NDArray x) {
        return x.negi().addi(of(1, x));
    }
}
