/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.measure.ConfusionMatrix.Counts;
import java.util.EnumMap;
import java.util.Map;

/**
 * The truth of a case, against which any number of predictions are measured: what depends on the
 * truth alone is computed once.
 */
public final class CaseTruth {

    /**
     * In voxels, for spacings that are no exact floats: 500 voxels of 0.1 x 10 x 1 mm are enough.
     */
    private static final double ROUNDING = 1e-3;

    private final byte[] classes;
    private final int[] shape;
    private final int numClasses;
    private final double smallestEnhancing;
    private final Map<TumorRegion, HausdorffDistance> distances = new EnumMap<>(TumorRegion.class);

    /**
     * Looks at the truth.
     *
     * @param classes the true class of each voxel of the volume, z running fastest
     * @param shape the volume's extent along x, y and z
     * @param spacing the voxel's edges along x, y and z, in mm
     * @param numClasses 4 or 5, which decides the classes of the regions
     * @throws IllegalArgumentException if the truth holds a class that is not there
     */
    public CaseTruth(byte[] classes, int[] shape, float[] spacing, int numClasses) {
        ConfusionMatrix.requireClasses(classes, numClasses);
        this.classes = classes;
        this.shape = shape.clone();
        this.numClasses = numClasses;
        double voxel = (double) spacing[0] * spacing[1] * spacing[2];
        smallestEnhancing = Measures.SMALLEST_ENHANCING_MM3 / voxel - ROUNDING;
        for (TumorRegion region : TumorRegion.values()) {
            distances.put(region, new HausdorffDistance(surface(classes, region), spacing));
        }
    }

    /**
     * Measures a prediction.
     *
     * @param prediction the predicted class of each voxel of the volume, in the order of the truth
     * @return the numbers of every region
     * @throws IllegalArgumentException if the prediction has another length than the truth, or
     *     either holds a class that is not there
     */
    public Map<TumorRegion, Measures> measure(byte[] prediction) {
        ConfusionMatrix matrix = ConfusionMatrix.of(prediction, classes, numClasses);
        Map<TumorRegion, Measures> measures = new EnumMap<>(TumorRegion.class);
        for (TumorRegion region : TumorRegion.values()) {
            Counts counts = matrix.of(region);
            measures.put(
                    region,
                    new Measures(
                            Dice.ofCase(counts),
                            post(region, counts, Measures.FEWEST_ENHANCING),
                            post(region, counts, smallestEnhancing),
                            share(counts.both(), counts.there(), counts),
                            specificity(counts),
                            share(counts.both(), counts.predicted(), counts),
                            distances.get(region).to(surface(prediction, region))));
        }
        return measures;
    }

    private Surface surface(byte[] map, TumorRegion region) {
        return Surface.of(map, shape, ConfusionMatrix.inside(region, numClasses));
    }

    private static double post(TumorRegion region, Counts counts, double fewest) {
        boolean none = region == TumorRegion.ENHANCING && counts.predicted() < fewest;
        return Dice.ofCase(none ? counts.withoutPrediction() : counts);
    }

    private static double share(long part, long whole, Counts counts) {
        if (whole > 0) {
            return (double) part / whole;
        }
        return counts.predicted() == counts.there() ? 1 : 0;
    }

    private static double specificity(Counts counts) {
        long outside = counts.neither() + counts.onlyPredicted();
        return outside == 0 ? 1 : (double) counts.neither() / outside;
    }
}
