/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.evaluate;

import io.github.gssloss.djl.TumorRegion;

/**
 * The Dice score of a region from two class maps: (2 * intersection + 1e-8) / (sum of sizes +
 * 1e-8), so that two empty masks score 1.
 */
public final class Dice {

    private static final double EPSILON = 1e-8;

    private Dice() {}

    /**
     * Compares a prediction with the truth.
     *
     * @param prediction the predicted class of each voxel
     * @param truth the true class of each voxel, in the same order
     * @param region the region to judge
     * @param numClasses 4 or 5, which decides the classes of the region
     * @return the score, from 0 to 1
     * @throws IllegalArgumentException if the maps differ in length or hold a class that is not
     *     there
     */
    public static double of(byte[] prediction, byte[] truth, TumorRegion region, int numClasses) {
        if (prediction.length != truth.length) {
            throw new IllegalArgumentException(
                    "prediction: expected "
                            + truth.length
                            + " voxels as the truth has, got "
                            + prediction.length);
        }
        boolean[] inside = new boolean[numClasses];
        region.classes(numClasses).forEach(c -> inside[c] = true);
        long intersection = 0;
        long sizes = 0;
        for (int v = 0; v < truth.length; v++) {
            boolean predicted = inside[known(prediction[v], numClasses)];
            boolean there = inside[known(truth[v], numClasses)];
            intersection += predicted && there ? 1 : 0;
            sizes += (predicted ? 1 : 0) + (there ? 1 : 0);
        }
        return (2.0 * intersection + EPSILON) / (sizes + EPSILON);
    }

    private static int known(byte classIndex, int numClasses) {
        if (classIndex < 0 || classIndex >= numClasses) {
            throw new IllegalArgumentException(
                    "class map: expected classes 0 to " + (numClasses - 1) + ", got " + classIndex);
        }
        return classIndex;
    }
}
