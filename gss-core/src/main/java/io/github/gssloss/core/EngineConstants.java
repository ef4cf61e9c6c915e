/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * Numbers as arrays of the engine, for operations that autograd does not record. A Java number as
 * an operand is copied to the device at each operation, which on a small block takes longer than
 * the operation itself.
 */
final class EngineConstants {

    private EngineConstants() {}

    /** A scalar of the type and on the manager of an array. */
    static NDArray of(double number, NDArray like) {
        NDArray scalar = like.getManager().create(number);
        NDArray typed = scalar.toType(like.getDataType(), false);
        if (typed != scalar) {
            scalar.close();
        }
        return typed;
    }
}
