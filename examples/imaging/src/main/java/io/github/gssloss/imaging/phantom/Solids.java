/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

/** Distances to simple bodies in mm: below 0 inside, exact or nearly so close to the surface. */
final class Solids {

    private Solids() {}

    /** Distance to an ellipsoid with radii a, b, c about the origin, to first order. */
    static double ellipsoid(double x, double y, double z, double a, double b, double c) {
        double reach = Math.sqrt(sq(x / a) + sq(y / b) + sq(z / c));
        double slope = Math.sqrt(sq(x / (a * a)) + sq(y / (b * b)) + sq(z / (c * c)));
        return slope < 1e-9 ? -Math.min(a, Math.min(b, c)) : reach * (reach - 1) / slope;
    }

    /** Distance to a tube from p (radius p[3]) to q (radius q[3]), the radius changing evenly. */
    static double tube(double x, double y, double z, double[] p, double[] q) {
        double dx = q[0] - p[0];
        double dy = q[1] - p[1];
        double dz = q[2] - p[2];
        double along =
                ((x - p[0]) * dx + (y - p[1]) * dy + (z - p[2]) * dz)
                        / (dx * dx + dy * dy + dz * dz);
        double t = Math.max(0, Math.min(1, along));
        double gap =
                Math.sqrt(sq(x - p[0] - t * dx) + sq(y - p[1] - t * dy) + sq(z - p[2] - t * dz));
        return gap - p[3] - t * (q[3] - p[3]);
    }

    /** Union of two bodies whose seam is rounded over about {@code blend} mm. */
    static double union(double one, double two, double blend) {
        double h = Math.max(blend - Math.abs(one - two), 0) / blend;
        return Math.min(one, two) - h * h * blend / 4;
    }

    /** Share of a voxel that lies inside a body, given how deep its centre lies. */
    static double share(double depth, double voxel) {
        return Math.max(0, Math.min(1, 0.5 + depth / voxel));
    }

    static double sq(double value) {
        return value * value;
    }
}
