/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.function.UnaryOperator;

/** The three voxel counts of a {@link DiceCoefficient}: the only place where they are counted. */
public final class Overlap {

    /** How many counts a coefficient has: predicted and labelled, predicted, labelled. */
    static final int COUNTS = 3;

    /** The axes of arrays (B, N, V). */
    static final int[] SAMPLES = {0};

    static final int[] VOXELS = {2};

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
        return count(predicted, labelled, mask -> mask.sum(axes));
    }

    private static void requireBoolean(String name, NDArray mask) {
        Arguments.requireNonNull(name, mask);
        if (mask.getDataType() != DataType.BOOLEAN) {
            throw new IllegalArgumentException(
                    name + ": expected boolean, got " + mask.getDataType());
        }
    }

    private static NDList count(NDArray predicted, NDArray labelled, UnaryOperator<NDArray> sum) {
        return new NDList(
                sum.apply(predicted.logicalAnd(labelled)),
                sum.apply(predicted),
                sum.apply(labelled));
    }

    /** Counts the voxels (B, N, V) of each class: three times (N). */
    static NDList countByClass(NDArray predicted, NDArray labelled) {
        return count(predicted, labelled, Overlap::sum);
    }

    /** The voxels (B, N, V) of each class, (N); two sums are faster than one over both axes. */
    static NDArray sum(NDArray voxels) {
        return voxels.sum(VOXELS).sum(SAMPLES);
    }
}
