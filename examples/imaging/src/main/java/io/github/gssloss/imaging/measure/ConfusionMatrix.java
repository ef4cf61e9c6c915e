/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Region;

/** How many voxels of each true class were given each class: all counts of a case in one pass. */
final class ConfusionMatrix {

    private final long[][] voxels;

    private ConfusionMatrix(long[][] voxels) {
        this.voxels = voxels;
    }

    /**
     * Counts.
     *
     * @param prediction the predicted class of each voxel
     * @param truth the true class of each voxel, in the same order; voxels that are {@link
     *     LabelSet#IGNORED} are not counted
     * @param numClasses the number of classes
     * @throws IllegalArgumentException if the maps differ in length or hold a class that is not
     *     there
     */
    static ConfusionMatrix of(byte[] prediction, byte[] truth, int numClasses) {
        if (prediction.length != truth.length) {
            throw new IllegalArgumentException(
                    "prediction: expected "
                            + truth.length
                            + " voxels as the truth has, got "
                            + prediction.length);
        }
        long[][] voxels = new long[numClasses][numClasses];
        for (int v = 0; v < truth.length; v++) {
            int predicted = known(prediction[v], numClasses);
            if (truth[v] != LabelSet.IGNORED) {
                voxels[known(truth[v], numClasses)][predicted]++;
            }
        }
        return new ConfusionMatrix(voxels);
    }

    /** The counts of a region: the matrix with the classes inside and outside put together. */
    Counts of(Region region) {
        boolean[] inside = inside(region, voxels.length);
        long[] counts = new long[4];
        for (int truth = 0; truth < voxels.length; truth++) {
            for (int predicted = 0; predicted < voxels.length; predicted++) {
                int cell = (inside[truth] ? 2 : 0) + (inside[predicted] ? 1 : 0);
                counts[cell] += voxels[truth][predicted];
            }
        }
        return new Counts(counts[3], counts[1], counts[2], counts[0]);
    }

    /** Which classes belong to a region. */
    static boolean[] inside(Region region, int numClasses) {
        boolean[] inside = new boolean[numClasses];
        region.classes().forEach(c -> inside[c] = true);
        return inside;
    }

    /** Throws unless every voxel is of one of the classes, or ignored. */
    static void requireClasses(byte[] map, int numClasses) {
        for (byte classIndex : map) {
            if (classIndex != LabelSet.IGNORED) {
                known(classIndex, numClasses);
            }
        }
    }

    private static int known(byte classIndex, int numClasses) {
        if (classIndex < 0 || classIndex >= numClasses) {
            throw new IllegalArgumentException(
                    "class map: expected classes 0 to " + (numClasses - 1) + ", got " + classIndex);
        }
        return classIndex;
    }

    /**
     * The voxels of a region, by what was said of them.
     *
     * @param both in the prediction and in the truth
     * @param onlyPredicted in the prediction alone
     * @param onlyTrue in the truth alone
     * @param neither in none
     */
    record Counts(long both, long onlyPredicted, long onlyTrue, long neither) {

        long predicted() {
            return both + onlyPredicted;
        }

        long there() {
            return both + onlyTrue;
        }

        /** The same truth beside a prediction of nothing. */
        Counts withoutPrediction() {
            return new Counts(0, 0, there(), onlyPredicted + neither);
        }
    }
}
