/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Checks what a user gives to a {@link ModalityNetwork}, each failure one line that names the
 * input.
 */
final class NetworkInputs {

    private NetworkInputs() {}

    static void checkCount(String network, int count) {
        if (count != 2) {
            throw new IllegalArgumentException(
                    network + ": expected two inputs, x and subset, got " + count);
        }
    }

    static void checkSubset(long batch, Shape subset) {
        Shape expected = new Shape(batch, ModalityNetwork.MODALITIES);
        if (!subset.equals(expected)) {
            throw new IllegalArgumentException(
                    "subset: expected shape " + expected + ", got " + subset);
        }
    }

    static void checkImages(Shape x, boolean fits, String sides) {
        if (!fits || x.dimension() != 5 || x.get(1) != ModalityNetwork.MODALITIES) {
            throw new IllegalArgumentException(
                    "x: expected shape (B, %d, D, H, W) with D, H, W %s, got %s"
                            .formatted(ModalityNetwork.MODALITIES, sides, x));
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
