/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** How the distance between two arrays of one shape is told. */
enum Measure {
    /** The largest absolute difference over the largest absolute expected value. */
    RELATIVE("relative") {
        @Override
        double of(NDArray expected, NDArray actual) {
            double off = ABSOLUTE.of(expected, actual);
            double scale = expected.toType(DataType.FLOAT64, false).abs().max().getDouble();
            return scale == 0 ? off : off / scale;
        }
    },
    /** The largest absolute difference. */
    ABSOLUTE("absolute") {
        @Override
        double of(NDArray expected, NDArray actual) {
            NDArray wanted = expected.toType(DataType.FLOAT64, false);
            return wanted.sub(actual.toType(DataType.FLOAT64, false)).abs().max().getDouble();
        }
    },
    /** How many values differ. */
    COUNT("differ") {
        @Override
        double of(NDArray expected, NDArray actual) {
            NDArray wanted = expected.toType(DataType.FLOAT64, false);
            NDArray differ = wanted.neq(actual.toType(DataType.FLOAT64, false));
            return differ.toType(DataType.INT64, false).sum().getLong();
        }
    };

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The distance; NaN where a number is missing on one side. */
    abstract double of(NDArray expected, NDArray actual);
}
