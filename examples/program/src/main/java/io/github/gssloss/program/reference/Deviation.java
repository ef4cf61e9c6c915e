/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;

/**
 * How far one array came out from its reference.
 *
 * @param array the name of the array
 * @param shape its shape
 * @param type the type it was computed in
 * @param largest the deviation; NaN where a number is missing on one side
 * @param measure how the deviation is told
 * @param tolerance the largest deviation that passes
 */
record Deviation(
        String array,
        Shape shape,
        DataType type,
        double largest,
        Measure measure,
        double tolerance) {

    /** Whether the deviation is within tolerance; NaN is not. */
    boolean passed() {
        return largest <= tolerance;
    }

    /** The cells of this row in the table. */
    List<String> cells() {
        return List.of(
                array,
                shape.toString(),
                type.toString(),
                measure.label(),
                number(largest),
                number(tolerance),
                passed() ? "ok" : "FAIL");
    }

    private String number(double value) {
        if (measure == Measure.COUNT || value == 0 || !Double.isFinite(value)) {
            return value == Math.rint(value) && Double.isFinite(value)
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
        return String.format(Locale.ROOT, "%.1e", value);
    }
}
