/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

/** The fluid spaces inside: both lateral ventricles with their horns, the third and the fourth. */
final class Ventricles {

    /** Points (side, v, w, radius) in mm along a lateral ventricle, from the front backwards. */
    private static final double[][] LATERAL = {
        {15, 32, 9, 2.5},
        {9, 18, 15, 5},
        {9, -4, 20, 4.5},
        {15, -24, 17, 6},
        {25, -40, 8, 6.5},
        {27, -56, 4, 1.5}
    };

    /** The temporal horn, from where it leaves the lateral ventricle. */
    private static final double[][] HORN = {
        {25, -38, 6, 5}, {33, -22, -12, 2.5}, {33, 2, -22, 1.2}
    };

    private final double[][] lateral;
    private final double[][] horn;

    /** Ventricles whose radii are those of the tables times {@code width}. */
    Ventricles(double width) {
        lateral = widened(LATERAL, width);
        horn = widened(HORN, width);
    }

    private static double[][] widened(double[][] points, double width) {
        double[][] result = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            result[i] = points[i].clone();
            result[i][3] *= width;
        }
        return result;
    }

    /** Distance to the nearest ventricle in mm, below 0 inside; {@code side} is |u|. */
    double distance(double side, double u, double v, double w) {
        double nearest = Math.min(chain(lateral, side, v, w), chain(horn, side, v, w));
        double third = Solids.ellipsoid(u, v + 2, w + 2, 2.2, 14, 11);
        double fourth = Solids.ellipsoid(u, v + 37, w + 34, 6, 4.5, 8);
        return Math.min(nearest, Math.min(third, fourth));
    }

    private static double chain(double[][] points, double side, double v, double w) {
        double distance = Solids.tube(side, v, w, points[0], points[1]);
        for (int i = 2; i < points.length; i++) {
            distance = Solids.union(distance, Solids.tube(side, v, w, points[i - 1], points[i]), 4);
        }
        return distance;
    }
}
