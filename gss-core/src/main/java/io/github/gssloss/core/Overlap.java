/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** The three counts behind a Dice score, for every class. */
final class Overlap {

    /** How many counts a class has: predicted and true, predicted, true. */
    static final int COUNTS = 3;

    private static final double EPSILON = 1e-8;
    private static final int[] ALL_BUT_CLASSES = {0, 2};

    private Overlap() {}

    /**
     * Counts voxels.
     *
     * @param predicted boolean (B, N, V)
     * @param truth of the same shape
     * @return (N) of voxels predicted and true, (N) predicted, (N) true
     */
    static NDList count(NDArray predicted, NDArray truth) {
        return new NDList(sum(predicted.logicalAnd(truth)), sum(predicted), sum(truth));
    }

    /** The voxels of each class, (N) as int64. */
    static NDArray sum(NDArray voxels) {
        return voxels.sum(ALL_BUT_CLASSES);
    }

    /** Dice of counts, 1 where both sides are empty. */
    static double dice(long both, long predicted, long truth) {
        return (2.0 * both + EPSILON) / (predicted + truth + EPSILON);
    }
}
