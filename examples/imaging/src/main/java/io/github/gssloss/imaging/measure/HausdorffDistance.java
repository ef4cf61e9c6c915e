/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;

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

    /** Distances to the truth around everything measured so far: shared by all predictions. */
    private DistanceField toTruth;

    HausdorffDistance(Surface truth, float[] spacing) {
        this.truth = truth;
        this.spacing = spacing.clone();
    }

    /** Returns the distance of a prediction; see {@link Measures#EMPTY_MASKS} for empty ones. */
    double to(Surface prediction) {
        if (truth.size() == 0 || prediction.size() == 0) {
            return truth.size() == prediction.size() ? 0 : Measures.HD95_ONE_EMPTY;
        }
        BoundingBox box = truth.boxWith(prediction);
        if (toTruth == null || !toTruth.box().contains(box)) {
            BoundingBox larger = toTruth == null ? box : toTruth.box().union(box);
            toTruth = DistanceField.to(truth, larger, spacing);
        }
        DistanceField toPrediction = DistanceField.to(prediction, box, spacing);
        return Math.max(percentile(prediction, toTruth), percentile(truth, toPrediction));
    }

    private static double percentile(Surface from, DistanceField field) {
        double[] distances = new double[from.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = field.at(from, i);
        }
        return Quantile.of(distances, SHARE);
    }
}
