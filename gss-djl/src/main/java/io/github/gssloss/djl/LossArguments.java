/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Checks of arguments; every message names the argument, what was expected and what came. */
final class LossArguments {

    /** As that of alpha and beta in the core's settings. */
    private static final double MOST = 1e6;

    private LossArguments() {}

    static <T> T requireNonNull(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": expected a value, got null");
        }
        return value;
    }

    /** The first array of labels or predictions. */
    static NDArray requireFirst(String name, NDList arrays) {
        if (requireNonNull(name, arrays).isEmpty()) {
            throw new IllegalArgumentException(name + ": expected at least one array, got none");
        }
        return requireNonNull(name + " 0", arrays.get(0));
    }

    static void requireShape(String name, NDArray array, Shape expected) {
        if (!array.getShape().equals(expected)) {
            throw new IllegalArgumentException(
                    name + ": expected shape " + expected + ", got " + array.getShape());
        }
    }

    static long requireAtLeast(String name, String what, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + ": expected " + what + " from " + least + ", got " + value);
        }
        return value;
    }

    /** A finite factor that is not negative, and whose products float32 can hold. */
    static double requireWeight(String name, double value) {
        if (!(value >= 0 && value <= MOST)) {
            throw new IllegalArgumentException(
                    name + ": expected a number from 0 to " + (long) MOST + ", got " + value);
        }
        return value;
    }

    static void requireNonZero(String name, double value) {
        if (value == 0) {
            throw new IllegalArgumentException(name + ": expected more than 0, got 0");
        }
    }
}
