/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import static io.github.gssloss.imaging.phantom.Solids.ellipsoid;
import static io.github.gssloss.imaging.phantom.Solids.share;
import static io.github.gssloss.imaging.phantom.Solids.union;

import java.util.SplittableRandom;

/**
 * The tissues of one tumour-free head as a function of place: cerebrum with folded cortex,
 * cerebellum, brain stem, ventricles, deep grey nuclei. Sizes are those of an adult brain, rounded;
 * the random part bends space by some mm and varies the width of fluid spaces. Looks at one point
 * at a time; not for several threads.
 */
final class BrainAnatomy {

    /** Depth of the cortical ribbon. */
    private static final double CORTEX_MM = 3;

    private static final double BEND_MM = 5;
    private static final double BEND_LENGTH_MM = 60;

    private static final double[] STEM_TOP = {0, -12, -16, 15};
    private static final double[] STEM_END = {0, -26, -62, 9};

    private final GradientNoise[] bend = new GradientNoise[3];
    private final Cortex cortex;
    private final Ventricles ventricles;
    private final double voxel;

    // The point looked at, and its distances to the parts of the brain.
    private double u;
    private double v;
    private double w;
    private double side;
    private double hemisphere;
    private double temporal;
    private double cerebrum;
    private double cerebellum;
    private double stem;

    BrainAnatomy(SplittableRandom random, double voxel) {
        this.voxel = voxel;
        for (int axis = 0; axis < 3; axis++) {
            bend[axis] = new GradientNoise(random.nextInt());
        }
        cortex = new Cortex(random);
        ventricles = new Ventricles(0.8 + 0.6 * random.nextDouble());
    }

    /** Depth of a point of the head below the smooth hull of the brain in mm, below 0 outside. */
    double depth(double x, double y, double z) {
        bend(x, y, z);
        return -hull();
    }

    /** Fills in the tissue at a point of the head in mm. */
    void sample(double x, double y, double z, Tissue tissue) {
        bend(x, y, z);
        double depth = -hull();
        tissue.depth = depth;
        if (depth <= 0) {
            return;
        }
        double gap = gap(depth);
        double halfWidth = cortex.halfWidth(depth);
        double outside = Math.min(depth, gap - halfWidth);
        tissue.depth = depth - cortex.notch(gap);
        tissue.ventricle = share(-ventricles.distance(side, u, v, w), voxel);
        tissue.fluid = Math.max(share(halfWidth - gap, voxel), tissue.ventricle);
        double ribbon = stemOnly() ? 0 : share(CORTEX_MM - outside, voxel);
        double nuclei = 0.85 * share(-deepGrey(), voxel);
        tissue.grey = (1 - tissue.fluid) * Math.max(ribbon, nuclei);
    }

    /** Moves to where the point lies in the unbent head. */
    private void bend(double x, double y, double z) {
        double s = 1 / BEND_LENGTH_MM;
        u = x + BEND_MM * bend[0].at(x * s, y * s, z * s);
        v = y + BEND_MM * bend[1].at(x * s, y * s, z * s);
        w = z + BEND_MM * bend[2].at(x * s, y * s, z * s);
        side = Math.abs(u);
    }

    /** Distance to the smooth surface of the whole brain; notes that to each of its parts. */
    private double hull() {
        // The hemispheres' underside is flat: below their middle, height counts more.
        double height = w < 4 ? 1.9 * (w - 4) : w - 4;
        hemisphere =
                union(
                        ellipsoid(side - 27, v + 1, height, 42, 84, 60),
                        ellipsoid(side - 26, v + 26, height, 45, 55, 57),
                        12);
        temporal = ellipsoid(side - 42, v - 8, w + 24, 24, 42, 21);
        cerebrum = union(hemisphere, temporal, 6);
        cerebellum = ellipsoid(side - 14, v + 50, w + 42, 36, 31, 22);
        stem = Solids.tube(u, v, w, STEM_TOP, STEM_END);
        return union(union(cerebrum, cerebellum, 4), stem, 8);
    }

    /** Distance to the nearest nucleus of grey matter inside the white. */
    private double deepGrey() {
        double thalamus = ellipsoid(side - 11, v + 12, w - 4, 8, 14, 9);
        double caudate = ellipsoid(side - 15, v - 20, w - 9, 5, 13, 9);
        double lentiform = ellipsoid(side - 25 - 0.15 * v, v - 5, w - 1, 6, 18, 10);
        return Math.min(thalamus, Math.min(caudate, lentiform));
    }

    private boolean stemOnly() {
        return stem < Math.min(cerebrum, cerebellum);
    }

    /** Distance to the middle of the nearest fold; the stem has none. */
    private double gap(double depth) {
        if (stemOnly()) {
            return Cortex.FAR;
        }
        double fold =
                cerebellum < cerebrum
                        ? cortex.folia(u, v, w)
                        : cortex.sulcus(u, v, w, depth, seam(hemisphere, temporal));
        return Math.min(fold, seam(cerebellum, cerebrum));
    }

    /** Distance to where two touching bodies meet: fluid and cortex line it on both sides. */
    private static double seam(double one, double two) {
        return Math.abs(one - two) / 2;
    }
}
