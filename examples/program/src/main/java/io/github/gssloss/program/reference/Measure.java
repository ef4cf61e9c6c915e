/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.function.ToDoubleBiFunction;

/** How the distance between two arrays of one shape is given. */
enum Measure {
    /** The largest absolute difference over the largest absolute expected value. */
    RELATIVE("relative", (expected, actual) -> largest(expected.sub(actual)) / scale(expected)),
    /** The largest absolute difference. */
    ABSOLUTE("absolute", (expected, actual) -> largest(expected.sub(actual))),
    /** How many values differ. */
    COUNT("differ", (a, b) -> a.neq(b).toType(DataType.INT64, false).sum().getLong());

    private final String label;
    private final ToDoubleBiFunction<NDArray, NDArray> distance;

    Measure(String label, ToDoubleBiFunction<NDArray, NDArray> distance) {
        this.label = label;
        this.distance = distance;
    }

    String label() {
        return label;
    }

    /** The distance; NaN where a number is missing on one side. */
    double of(NDArray expected, NDArray actual) {
        return distance.applyAsDouble(
                expected.toType(DataType.FLOAT64, false), actual.toType(DataType.FLOAT64, false));
    }

    private static double largest(NDArray array) {
        return array.abs().max().getDouble();
    }

    private static double scale(NDArray expected) {
        double scale = largest(expected);
        return scale == 0 ? 1 : scale;
    }
}
