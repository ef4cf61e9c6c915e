/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import java.util.OptionalDouble;

/**
 * The Hausdorff distance at 95 % of predictions to one truth, in mm: of the distances from the
 * voxels of each surface to the nearest voxel of the other the 95th percentile is taken
 * (interpolated linearly between the two nearest), and of the two directions the larger. {@link
 * Surface} says what a surface is. Other programs pool the distances of both directions first,
 * which gives smaller numbers.
 */
final class HausdorffDistance {

    private static final double SHARE = 0.95;

    private final Surface truth;
    private final float[] spacing;

    private final SharedField toTruth;

    HausdorffDistance(Surface truth, float[] spacing) {
        this.truth = truth;
        this.spacing = spacing.clone();
        this.toTruth = new SharedField(truth, spacing);
    }

    /**
     * Returns the distance of a prediction.
     *
     * @param prediction its surface
     * @param oneEmpty the distance where one of the two is empty; where both are it is 0. None: NaN
     *     where any of them is empty
     */
    double to(Surface prediction, OptionalDouble oneEmpty) {
        if (truth.size() == 0 || prediction.size() == 0) {
            boolean both = truth.size() == prediction.size();
            return oneEmpty.isPresent() && both ? 0 : oneEmpty.orElse(Double.NaN);
        }
        BoundingBox box = truth.boxWith(prediction);
        DistanceField toPrediction = DistanceField.to(prediction, box, spacing);
        return Math.max(
                percentile(prediction, toTruth.within(box)), percentile(truth, toPrediction));
    }

    private static double percentile(Surface from, DistanceField field) {
        double[] distances = new double[from.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = field.at(from, i);
        }
        return Quantile.of(distances, SHARE);
    }
}
