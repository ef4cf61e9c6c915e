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
        require(count == 2, network + ": expected two inputs, x and subset, got " + count);
    }

    static void checkSubset(long batch, Shape subset) {
        Shape expected = new Shape(batch, ModalityNetwork.MODALITIES);
        require(subset.equals(expected), "subset: expected shape " + expected + ", got " + subset);
    }

    static void checkImages(Shape x, boolean fits, String sides) {
        require(
                fits && x.dimension() == 5 && x.get(1) == ModalityNetwork.MODALITIES,
                "x: expected shape (B, %d, D, H, W) with D, H, W %s, got %s"
                        .formatted(ModalityNetwork.MODALITIES, sides, x));
    }

    static void checkType(NDArray x, DataType weights) {
        DataType type = x.getDataType();
        require(type == weights, "x: expected " + weights + " as the weights are, got " + type);
    }

    static void checkSubsetType(NDArray subset) {
        DataType type = subset.getDataType();
        require(
                type == DataType.BOOLEAN || type == DataType.FLOAT32,
                "subset: expected boolean or float32, got " + type);
    }

    private static void require(boolean fits, String message) {
        if (!fits) {
            throw new IllegalArgumentException(message);
        }
    }
}
