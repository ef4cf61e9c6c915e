/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import ai.djl.ndarray.NDManager;
import io.github.gssloss.core.DiceCoefficient;
import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.measure.ConfusionMatrix.Counts;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.TrueClasses;
import io.github.gssloss.imaging.segment.SlidingWindow;
import java.util.EnumMap;
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
     * @param numClasses 4 or 5, which decides the classes of the region
     * @return the score, from 0 to 1
     * @throws IllegalArgumentException if the maps differ in length or hold a class that is not
     *     there
     */
    public static double of(byte[] prediction, byte[] truth, TumorRegion region, int numClasses) {
        return of(ConfusionMatrix.of(prediction, truth, numClasses).of(region));
    }

    /**
     * Segments cases with all modalities that they have and compares with their own segmentations,
     * each in the whole volume of its files.
     *
     * @param windows how a case is segmented
     * @param manager whose device the windows go to; nothing stays on it
     * @param cases the cases, which the network should not have seen, with segmentations
     * @param labelSet how the segmentations are numbered
     * @return the mean score of each region over the cases, from 0 to 1; of a case two empty masks
     *     score 1, one empty mask 0
     * @throws io.github.gssloss.files.UserInputException if a segmentation is missing or cannot be
     *     read, or the network's probabilities are not finite
     * @throws IllegalArgumentException if there is no case, or the network has other classes than
     *     the label set
     */
    public static Map<TumorRegion, Double> ofRegions(
            SlidingWindow windows, NDManager manager, List<PreparedCase> cases, LabelSet labelSet) {
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("cases: expected at least one, got none");
        }
        if (windows.numClasses() != labelSet.classes()) {
            throw new IllegalArgumentException(
                    "label set: expected %d classes as the network has, got %d"
                            .formatted(windows.numClasses(), labelSet.classes()));
        }
        Map<TumorRegion, Double> means = new EnumMap<>(TumorRegion.class);
        for (PreparedCase prepared : cases) {
            byte[] truth = TrueClasses.read(prepared.files(), labelSet);
            byte[] predicted = prepared.inVolume(windows.segment(manager, prepared));
            ConfusionMatrix matrix = ConfusionMatrix.of(predicted, truth, labelSet.classes());
            for (TumorRegion region : TumorRegion.values()) {
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
