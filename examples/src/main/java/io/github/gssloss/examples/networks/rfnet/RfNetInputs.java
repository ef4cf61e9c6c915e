/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Checks what a user gives to {@link RfNet}, each failure one line that names the input. */
final class RfNetInputs {

    /**
     * Three halvings, and two voxels must be left for the coarsest level to be padded and normed.
     */
    private static final int DIVISOR = 1 << (RfNet.LEVELS - 1);

    private static final int SMALLEST = 2 * DIVISOR;

    private RfNetInputs() {}

    static void checkCount(int count) {
        if (count != 2) {
            throw new IllegalArgumentException(
                    "RFNet: expected two inputs, x and subset, got " + count);
        }
    }

    static void checkShapes(Shape x, Shape subset) {
        checkShape(x);
        checkSubset(x.get(0), subset);
    }

    static void checkSubset(long batch, Shape subset) {
        Shape expected = new Shape(batch, RfNet.MODALITIES);
        if (!subset.equals(expected)) {
            throw new IllegalArgumentException(
                    "subset: expected shape " + expected + ", got " + subset);
        }
    }

    static void checkShape(Shape x) {
        boolean fits = x.dimension() == 5 && x.get(1) == RfNet.MODALITIES;
        for (int axis = 2; fits && axis < 5; axis++) {
            fits = x.get(axis) >= SMALLEST && x.get(axis) % DIVISOR == 0;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    String.format(
                            "x: expected shape (B, %d, D, H, W) with D, H, W divisible by %d and at"
                                    + " least %d, got %s",
                            RfNet.MODALITIES, DIVISOR, SMALLEST, x));
        }
    }

    static void checkType(NDArray x, DataType weights) {
        if (x.getDataType() != weights) {
            throw new IllegalArgumentException(
                    "x: expected " + weights + " as the weights are, got " + x.getDataType());
        }
    }

    static void checkSubsetType(NDArray subset) {
        if (subset.getDataType() != DataType.BOOLEAN && subset.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException(
                    "subset: expected boolean or float32, got " + subset.getDataType());
        }
    }
}
