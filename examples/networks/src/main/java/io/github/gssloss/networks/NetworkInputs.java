/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Checks what a user gives to a {@link ModalityNetwork} of so many modalities, each failure one
 * line that names the input.
 */
record NetworkInputs(String network, int modalities, Axes axes) {

    /** The inputs in their order; the last may be left out. */
    private static final List<String> NAMES = List.of("x", "subset", "present");

    /** Returns the names of so many inputs. */
    List<String> names(int count) {
        require(
                count == 2 || count == NAMES.size(),
                network + ": expected inputs x, subset and optionally present, got " + count);
        return NAMES.subList(0, count);
    }

    /** Checks subset or present. */
    void checkMask(String name, long batch, Shape mask) {
        Shape expected = new Shape(batch, modalities);
        require(mask.equals(expected), name + ": expected shape " + expected + ", got " + mask);
    }

    void checkImages(Shape x, AllowedSides sides) {
        require(
                x.dimension() == 5 && x.get(1) == modalities && axes.fit(x, sides),
                "x: expected shape (B, %d, %s) with %s %s, got %s"
                        .formatted(modalities, axes.sides(), axes.names(), sides.description(), x));
    }

    void checkType(NDArray x, DataType weights) {
        DataType type = x.getDataType();
        require(type == weights, "x: expected " + weights + " as the weights are, got " + type);
    }

    /** Returns subset or present as 0 and 1 of a type. */
    NDArray mask(String name, NDArray given, NDArray like) {
        checkMask(name, like.getShape().get(0), given.getShape());
        DataType type = given.getDataType();
        require(
                type == DataType.BOOLEAN || type == DataType.FLOAT32,
                name + ": expected boolean or float32, got " + type);
        // A copy of the engine's own: autograd would not keep an array over a Java buffer alive.
        try (NDArray typed = given.toType(like.getDataType(), true)) {
            return typed.duplicate();
        }
    }

    private static void require(boolean fits, String message) {
        if (!fits) {
            throw new IllegalArgumentException(message);
        }
    }
}
