/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

/** The nuclei of grey matter inside the white: thalamus, caudate, lentiform. */
final class DeepGrey {

    private DeepGrey() {}

    /** Distance to the nearest nucleus in mm, below 0 inside; {@code side} is |u|. */
    static double distance(double side, double v, double w) {
        double thalamus = Solids.ellipsoid(side - 11, v + 12, w - 4, 8, 14, 9);
        double caudate = Solids.ellipsoid(side - 15, v - 20, w - 9, 5, 13, 9);
        double lentiform = Solids.ellipsoid(side - 25 - 0.15 * v, v - 5, w - 1, 6, 18, 10);
        return Math.min(thalamus, Math.min(caudate, lentiform));
    }
}
