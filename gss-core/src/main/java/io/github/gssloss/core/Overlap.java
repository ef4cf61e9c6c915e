/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** The three counts of a Dice coefficient, for every class. */
final class Overlap {

    /** How many counts a class has: predicted and labelled, predicted, labelled. */
    static final int COUNTS = 3;

    private static final int[] ALL_BUT_CLASSES = {0, 2};

    private Overlap() {}

    /**
     * Counts voxels.
     *
     * @param predicted boolean (B, N, V)
     * @param labelled of the same shape
     * @return (N) of voxels predicted and labelled, (N) predicted, (N) labelled
     */
    static NDList count(NDArray predicted, NDArray labelled) {
        return new NDList(sum(predicted.logicalAnd(labelled)), sum(predicted), sum(labelled));
    }

    /** The voxels of each class, (N) as int64. */
    static NDArray sum(NDArray voxels) {
        return voxels.sum(ALL_BUT_CLASSES);
    }
}
