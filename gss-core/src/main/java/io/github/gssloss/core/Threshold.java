/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * A strict threshold on probabilities.
 *
 * <p>Its masks are numbers, not booleans: comparing, converting and selecting by booleans each take
 * several times as long as arithmetic.
 *
 * @param value the threshold as a scalar; null for one that no probability can pass
 */
record Threshold(NDArray value) {

    /**
     * Puts a threshold beside what it will be compared with.
     *
     * @param threshold in [0, 1]
     * @param like whose manager and type it gets
     */
    static Threshold of(double threshold, NDArray like) {
        return new Threshold(threshold < 1 ? EngineConstants.of(threshold, like) : null);
    }

    /**
     * Compares.
     *
     * @param probability in [0, 1]
     * @return 1 where it is above the threshold, else 0
     */
    NDArray passedBy(NDArray probability) {
        if (value == null) {
            return probability.zerosLike();
        }
        // The difference lies in (-1, 1], and it is 0 for equal numbers alone.
        try (NDArray difference = probability.sub(value)) {
            return difference.ceil();
        }
    }
}
