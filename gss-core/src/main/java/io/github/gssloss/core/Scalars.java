/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * Numbers as arrays. A Java number handed to an operation on arrays is copied to the device each
 * time, which takes longer than the operation on a small block; outside autograd only.
 */
final class Scalars {

    private Scalars() {}

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
