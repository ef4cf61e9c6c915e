/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import java.util.Arrays;

/**
 * The distances between two surfaces, each element counted by its area, as DeepMind's
 * surface-distance package (commit 1f805ce, {@code metrics.py}) defines them: the robust Hausdorff
 * distance and the surface Dice at a tolerance. The lesion-wise measures of BraTS 2023 use the same
 * package.
 */
final class ElementDistances {

    /** In mm: spacings are stored as floats, so that 0.7 mm may be a little more than that. */
    private static final double ROUNDING = 1e-6;

    private static final double SHARE = 0.95;

    private final SurfaceElements truth;
    private final SurfaceElements prediction;
    private final double[] ofTruth;
    private final double[] ofPrediction;

    private ElementDistances(
            SurfaceElements truth,
            SurfaceElements prediction,
            double[] ofTruth,
            double[] ofPrediction) {
        this.truth = truth;
        this.prediction = prediction;
        this.ofTruth = ofTruth;
        this.ofPrediction = ofPrediction;
    }

    /**
     * Measures from each element of two surfaces to the nearest one of the other.
     *
     * @param truth the one, not empty
     * @param toTruth distances to it
     * @param prediction the other, not empty
     * @param spacing the voxel's edges along x, y and z, in mm
     */
    static ElementDistances of(
            SurfaceElements truth,
            SharedField toTruth,
            SurfaceElements prediction,
            float[] spacing) {
        BoundingBox box = truth.points().boxWith(prediction.points());
        DistanceField toPrediction = DistanceField.to(prediction.points(), box, spacing);
        return new ElementDistances(
                truth,
                prediction,
                distances(truth.points(), toPrediction),
                distances(prediction.points(), toTruth.within(box)));
    }

    private static double[] distances(Surface from, DistanceField field) {
        double[] distances = new double[from.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = field.at(from, i);
        }
        return distances;
    }

    /** The larger of the two directed distances within which 95 % of a surface's area lies. */
    double hausdorff95() {
        return Math.max(percentile(truth, ofTruth), percentile(prediction, ofPrediction));
    }

    /** The smallest of the distances that with all smaller ones makes up the share of the area. */
    private static double percentile(SurfaceElements surface, double[] distances) {
        double wanted = SHARE * surface.area();
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (within(surface, distances, sorted[middle]) >= wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return sorted[low];
    }

    /**
     * The share of both surfaces' area that lies within a tolerance of the other surface.
     *
     * @param tolerance in mm
     */
    double dice(double tolerance) {
        double near =
                within(truth, ofTruth, tolerance + ROUNDING)
                        + within(prediction, ofPrediction, tolerance + ROUNDING);
        return near / (truth.area() + prediction.area());
    }

    private static double within(SurfaceElements surface, double[] distances, double limit) {
        double sum = 0;
        for (int i = 0; i < distances.length; i++) {
            sum += distances[i] <= limit ? surface.area(i) : 0;
        }
        return sum;
    }
}
