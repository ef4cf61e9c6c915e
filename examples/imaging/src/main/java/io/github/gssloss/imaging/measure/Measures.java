/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

/**
 * How a predicted region compares with the true one. {@link #EMPTY_MASKS} says what masks without a
 * voxel get.
 *
 * @param dice {@link io.github.gssloss.core.DiceCoefficient#smoothed}, from 0 to 1
 * @param dicePost the same after fewer than {@value #FEWEST_ENHANCING} voxels predicted as
 *     enhancing tumour were taken as none; the other regions keep their Dice
 * @param dicePostMm3 the same where less than {@value #SMALLEST_ENHANCING_MM3} mm&sup3; were
 *     predicted, whatever the size of a voxel; NaN where a file of an earlier version lacks it
 * @param sensitivity the share of the true voxels that was found, from 0 to 1
 * @param specificity the share of the voxels outside the truth that was left out, from 0 to 1, over
 *     the whole volume
 * @param precision the share of the predicted voxels that is true, from 0 to 1
 * @param hd95 the distance of the surfaces, in mm; {@link #HD95} says which
 */
public record Measures(
        double dice,
        double dicePost,
        double dicePostMm3,
        double sensitivity,
        double specificity,
        double precision,
        double hd95) {

    /** Enhancing tumour of fewer voxels than this counts as none in {@link #dicePost}. */
    public static final int FEWEST_ENHANCING = 500;

    /** Enhancing tumour of less than this volume counts as none in {@link #dicePostMm3}. */
    public static final int SMALLEST_ENHANCING_MM3 = 500;

    /** The distance where one of two masks is empty: what the BraTS challenge gives, in mm. */
    public static final double HD95_ONE_EMPTY = 373.13;

    /** What is done where a mask is empty, as one sentence. */
    public static final String EMPTY_MASKS =
            "Truth and prediction both empty: Dice, sensitivity, precision 1 and distance 0;"
                    + " one of them empty: Dice, sensitivity, precision 0 and distance "
                    + HD95_ONE_EMPTY
                    + " mm (as the BraTS challenge does);"
                    + " specificity 1 where no voxel lies outside the truth.";

    /** Which Hausdorff distance it is, as one sentence. */
    public static final String HD95 =
            "Hausdorff distance 95 in mm: the larger of the two directed 95th percentiles"
                    + " (interpolated linearly) of the distances from the voxels of one surface to"
                    + " the nearest voxel of the other; a surface is the mask's voxels with a face"
                    + " neighbour outside the mask or the volume.";
}
