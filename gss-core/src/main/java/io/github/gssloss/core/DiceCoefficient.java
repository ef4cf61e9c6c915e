/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.OptionalDouble;

/**
 * The Dice coefficient of two masks from their voxel counts, 2 |P &cap; T| / (|P| + |T|): P are the
 * voxels that are predicted, T those that are labelled.
 *
 * <p>Two empty masks have no coefficient. The two methods differ in what they return for them.
 */
public final class DiceCoefficient {

    private static final double EPSILON = 1e-8;

    private DiceCoefficient() {}

    /**
     * Returns (2 |P &cap; T| + 1e-8) / (|P| + |T| + 1e-8): 1 if both masks are empty, and
     * practically 0 if one of them is.
     *
     * @param intersection the number of voxels in both masks
     * @param predicted the number of predicted voxels
     * @param labelled the number of labelled voxels
     * @return the coefficient, above 0 and at most 1
     * @throws IllegalArgumentException if a count is negative, or the intersection is larger than a
     *     mask
     */
    public static double smoothed(long intersection, long predicted, long labelled) {
        requireCounts(intersection, predicted, labelled);
        return (2.0 * intersection + EPSILON) / (predicted + labelled + EPSILON);
    }

    /**
     * Returns 2 |P &cap; T| / (|P| + |T|) if any voxel is labelled: 0 if none is predicted.
     *
     * @param intersection the number of voxels in both masks
     * @param predicted the number of predicted voxels
     * @param labelled the number of labelled voxels
     * @return the coefficient, from 0 to 1; empty if no voxel is labelled
     * @throws IllegalArgumentException if a count is negative, or the intersection is larger than a
     *     mask
     */
    public static OptionalDouble ifLabelled(long intersection, long predicted, long labelled) {
        requireCounts(intersection, predicted, labelled);
        return labelled == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(2.0 * intersection / (predicted + labelled));
    }

    private static void requireCounts(long intersection, long predicted, long labelled) {
        if (intersection < 0 || intersection > predicted || intersection > labelled) {
            throw new IllegalArgumentException(
                    "intersection: expected a count from 0 to the smaller mask of "
                            + predicted
                            + " predicted and "
                            + labelled
                            + " labelled voxels, got "
                            + intersection);
        }
    }
}
