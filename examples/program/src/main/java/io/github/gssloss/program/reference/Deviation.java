/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;

/**
 * How far one array came out from its reference.
 *
 * @param file the name of the file, without folders
 * @param array the name of the array
 * @param shape its shape
 * @param type the type it was computed in
 * @param largest the deviation; NaN where a number is missing on one side
 * @param measure how the deviation is given
 * @param tolerance the largest deviation that passes
 */
record Deviation(
        String file,
        String array,
        Shape shape,
        DataType type,
        double largest,
        Measure measure,
        double tolerance) {

    /** Measures an array, which must have the shape of its reference. */
    static Deviation of(
            ReferenceArrays arrays,
            String name,
            NDArray actual,
            DataType type,
            Measure measure,
            double tolerance) {
        double largest = measure.of(arrays.get(name, actual.getShape()), actual);
        String file = arrays.file().toFile().getName();
        return new Deviation(file, name, actual.getShape(), type, largest, measure, tolerance);
    }

    /** Whether the deviation is within tolerance; NaN is not. */
    boolean passed() {
        return largest <= tolerance;
    }

    /** The cells of this row in the table. */
    List<Object> cells() {
        String verdict = passed() ? "ok" : "FAIL";
        return List.of(
                file,
                array,
                shape,
                type,
                measure.label(),
                number(largest),
                number(tolerance),
                verdict);
    }

    private String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        boolean whole = measure == Measure.COUNT || value == 0;
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.1e", value);
    }
}
