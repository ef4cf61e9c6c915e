/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import java.util.OptionalDouble;

/**
 * How a predicted region compares with the true one. {@link #EMPTY_MASKS} says what masks without a
 * voxel get. The last four numbers are NaN where they were not asked for.
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
 * @param hd95 the distance of the surfaces, in mm; {@link #HD95} says which; NaN where the settings
 *     leave out empty masks and one is
 * @param lesionDice the mean Dice of the lesions, from 0 to 1; {@link LesionSettings#words} says
 *     which, with what missed and false ones get
 * @param lesionHd95 the mean distance of the surfaces of the lesions, in mm, by the same rules
 * @param surfaceDice the share of both surfaces' area that lies within a tolerance of the other
 *     surface, from 0 to 1 (Nikolov et al., "Deep learning to achieve clinically applicable
 *     segmentation of head and neck anatomy for radiotherapy", 2018): 1 for two empty masks, 0 for
 *     one
 * @param volumeError how far the predicted volume is from the true one, in ml, at least 0
 * @param settings how these numbers were measured
 */
public record Measures(
        double dice,
        double dicePost,
        double dicePostMm3,
        double sensitivity,
        double specificity,
        double precision,
        double hd95,
        double lesionDice,
        double lesionHd95,
        double surfaceDice,
        double volumeError,
        MeasureSettings settings) {

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

    /**
     * Keeps the measures that are always there, by the usual settings.
     *
     * @param dice overlap, from 0 to 1
     * @param dicePost the same where few voxels of enhancing tumour count as none
     * @param dicePostMm3 the same where a small volume counts as none
     * @param sensitivity from 0 to 1
     * @param specificity from 0 to 1
     * @param precision from 0 to 1
     * @param hd95 in mm
     */
    public Measures(
            double dice,
            double dicePost,
            double dicePostMm3,
            double sensitivity,
            double specificity,
            double precision,
            double hd95) {
        this(
                dice,
                dicePost,
                dicePostMm3,
                sensitivity,
                specificity,
                precision,
                hd95,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                MeasureSettings.USUAL);
    }

    /**
     * Says what is done where a mask is empty.
     *
     * @param hd95 the distance where one of two masks is empty, in mm; empty: left out
     * @return one sentence; {@link #EMPTY_MASKS} for the usual distance
     */
    static String emptyMasks(OptionalDouble hd95) {
        if (hd95.equals(MeasureSettings.USUAL.emptyHd95())) {
            return EMPTY_MASKS;
        }
        if (hd95.isEmpty()) {
            return "Truth and prediction both empty: Dice, sensitivity, precision 1; one of them"
                    + " empty: Dice, sensitivity, precision 0; any of them empty: no distance, the"
                    + " case is left out of the mean of the distances; specificity 1 where no"
                    + " voxel lies outside the truth.";
        }
        String mm = MeasureLabel.number(hd95.getAsDouble());
        return EMPTY_MASKS.replace(
                HD95_ONE_EMPTY + " mm (as the BraTS challenge does)", mm + " mm");
    }

    /** Which Hausdorff distance it is, as one sentence. */
    public static final String HD95 =
            "Hausdorff distance 95 in mm: the larger of the two directed 95th percentiles"
                    + " (interpolated linearly) of the distances from the voxels of one surface to"
                    + " the nearest voxel of the other; a surface is the mask's voxels with a face"
                    + " neighbour outside the mask or the volume.";
}
