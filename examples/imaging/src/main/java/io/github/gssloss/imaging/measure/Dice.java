/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.core.DiceCoefficient;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.ConfusionMatrix.Counts;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.TrueClasses;
import io.github.gssloss.imaging.segment.SlidingWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Dice score of regions from two class maps, see {@link DiceCoefficient#smoothed}. */
public final class Dice {

    private Dice() {}

    /**
     * Compares a prediction with the truth.
     *
     * @param prediction the predicted class of each voxel
     * @param truth the true class of each voxel, in the same order
     * @param region the region to compare
     * @param numClasses the number of classes
     * @return the score, from 0 to 1
     * @throws IllegalArgumentException if the maps differ in length or hold a class that is not
     *     there
     */
    public static double of(byte[] prediction, byte[] truth, Region region, int numClasses) {
        return of(ConfusionMatrix.of(prediction, truth, numClasses).of(region));
    }

    /**
     * Segments cases with all modalities that they have and compares with their own segmentations,
     * each in the whole volume of its files.
     *
     * @param windows how a case is segmented
     * @param manager whose device the windows go to; nothing stays on it
     * @param cases the cases, which the network should not have seen, with segmentations
     * @param description what the cases show
     * @return the mean score of each region over the cases, from 0 to 1; of a case two empty masks
     *     score 1, one empty mask 0
     * @throws io.github.gssloss.files.UserInputException if a segmentation is missing or cannot be
     *     read, or the network's probabilities are not finite
     * @throws IllegalArgumentException if there is no case, or the network has other classes than
     *     the description
     */
    public static Map<Region, Double> ofRegions(
            SlidingWindow windows,
            NDManager manager,
            List<PreparedCase> cases,
            DataDescription description) {
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("cases: expected at least one, got none");
        }
        int classes = description.labels().classes();
        if (windows.numClasses() != classes) {
            throw new IllegalArgumentException(
                    "labels: expected %d classes as the network has, got %d"
                            .formatted(windows.numClasses(), classes));
        }
        Map<Region, Double> means = new LinkedHashMap<>();
        for (PreparedCase prepared : cases) {
            byte[] truth = TrueClasses.read(prepared.files(), description);
            byte[] predicted = prepared.inVolume(windows.segment(manager, prepared));
            ConfusionMatrix matrix = ConfusionMatrix.of(predicted, truth, classes);
            for (Region region : description.regions()) {
                means.merge(region, ofCase(matrix.of(region)) / cases.size(), Double::sum);
            }
        }
        return means;
    }

    /** The formula gives one empty mask 1e-8 over the other's size, the policy for cases 0. */
    static double ofCase(Counts counts) {
        boolean oneEmpty = (counts.predicted() == 0) != (counts.there() == 0);
        return oneEmpty ? 0 : of(counts);
    }

    static double of(Counts counts) {
        return DiceCoefficient.smoothed(counts.both(), counts.predicted(), counts.there());
    }
}
