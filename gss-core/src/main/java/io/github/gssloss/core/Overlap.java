/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;

/** The three voxel counts of a {@link DiceCoefficient}: the only place where they are counted. */
public final class Overlap {

    /** How many counts a coefficient has: predicted and labelled, predicted, labelled. */
    static final int COUNTS = 3;

    private static final int[] ALL_BUT_CLASSES = {0, 2};

    private Overlap() {}

    /**
     * Counts voxels.
     *
     * @param predicted boolean masks
     * @param labelled boolean masks of the same shape
     * @param axes the axes to sum over; each index of the others has its own counts
     * @return the voxels predicted and labelled, those predicted and those labelled, each int64 of
     *     the shape without these axes
     * @throws IllegalArgumentException if an array is missing or not boolean, or their shapes
     *     differ
     */
    public static NDList count(NDArray predicted, NDArray labelled, int... axes) {
        requireBoolean("predicted", predicted);
        requireBoolean("labelled", labelled);
        Arguments.requireShape("labelled", labelled, predicted.getShape());
        return new NDList(
                predicted.logicalAnd(labelled).sum(axes), predicted.sum(axes), labelled.sum(axes));
    }

    private static void requireBoolean(String name, NDArray mask) {
        Arguments.requireNonNull(name, mask);
        if (mask.getDataType() != DataType.BOOLEAN) {
            throw new IllegalArgumentException(
                    name + ": expected boolean, got " + mask.getDataType());
        }
    }

    /** Counts the voxels (B, N, V) of each class: three times (N). */
    static NDList countByClass(NDArray predicted, NDArray labelled) {
        return count(predicted, labelled, ALL_BUT_CLASSES);
    }

    /** The voxels of each class, (N) as int64. */
    static NDArray sum(NDArray voxels) {
        return voxels.sum(ALL_BUT_CLASSES);
    }
}
