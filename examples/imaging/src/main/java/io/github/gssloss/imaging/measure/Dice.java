/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.djl.RegionDice;
import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.imaging.measure.ConfusionMatrix.Counts;

/** The Dice score of a region from two class maps, see {@link RegionDice#score}. */
public final class Dice {

    private Dice() {}

    /**
     * Compares a prediction with the truth.
     *
     * @param prediction the predicted class of each voxel
     * @param truth the true class of each voxel, in the same order
     * @param region the region to compare
     * @param numClasses 4 or 5, which decides the classes of the region
     * @return the score, from 0 to 1
     * @throws IllegalArgumentException if the maps differ in length or hold a class that is not
     *     there
     */
    public static double of(byte[] prediction, byte[] truth, TumorRegion region, int numClasses) {
        return of(ConfusionMatrix.of(prediction, truth, numClasses).of(region));
    }

    static double of(Counts counts) {
        return RegionDice.score(counts.both(), counts.predicted() + counts.there());
    }
}
