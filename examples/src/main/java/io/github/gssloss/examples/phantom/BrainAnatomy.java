/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.phantom;

import static io.github.gssloss.examples.phantom.Solids.ellipsoid;
import static io.github.gssloss.examples.phantom.Solids.share;
import static io.github.gssloss.examples.phantom.Solids.union;

import java.util.SplittableRandom;

/**
 * The tissues of one tumour-free head as a function of place: cerebrum with folded cortex,
 * cerebellum, brain stem, ventricles, deep grey nuclei. Sizes are those of an adult brain, rounded;
 * the random part bends space by some mm and varies the width of fluid spaces.
 */
final class BrainAnatomy {

    /** Depth of the cortical ribbon. */
    private static final double CORTEX_MM = 3;

    private static final double BEND_MM = 5;
    private static final double BEND_LENGTH_MM = 60;

    private final GradientNoise[] bend = new GradientNoise[3];
    private final Cortex cortex;
    private final Ventricles ventricles;
    private final double voxel;

    BrainAnatomy(SplittableRandom random, double voxel) {
        this.voxel = voxel;
        for (int axis = 0; axis < 3; axis++) {
            bend[axis] = new GradientNoise(random.nextInt());
        }
        cortex = new Cortex(random);
        ventricles = new Ventricles(0.8 + 0.6 * random.nextDouble());
    }

    /** Fills in the tissue at a point of the head in mm. */
    void sample(double x, double y, double z, Tissue tissue) {
        double s = 1 / BEND_LENGTH_MM;
        double u = x + BEND_MM * bend[0].at(x * s, y * s, z * s);
        double v = y + BEND_MM * bend[1].at(x * s, y * s, z * s);
        double w = z + BEND_MM * bend[2].at(x * s, y * s, z * s);
        double side = Math.abs(u);

        // The hemispheres' underside is flat: below their middle, height counts more.
        double height = w < 4 ? 1.9 * (w - 4) : w - 4;
        double hemisphere =
                union(
                        ellipsoid(side - 27, v + 1, height, 42, 84, 60),
                        ellipsoid(side - 26, v + 26, height, 45, 55, 57),
                        12);
        double temporal = ellipsoid(side - 42, v - 8, w + 24, 24, 42, 21);
        double cerebrum = union(hemisphere, temporal, 6);
        double cerebellum = ellipsoid(side - 14, v + 50, w + 42, 36, 31, 22);
        double stem = Solids.tube(u, v, w, new double[] {0, -12, -16, 15}, STEM_END);
        double hull = union(union(cerebrum, cerebellum, 4), stem, 8);
        tissue.depth = -hull;
        if (hull >= 0) {
            return;
        }
        boolean stemOnly = stem < Math.min(cerebrum, cerebellum);
        double gap =
                cerebellum < cerebrum
                        ? Math.min(cortex.folia(u, v, w), seam(cerebellum, cerebrum))
                        : Math.min(
                                cortex.sulcus(u, v, w, -hull, hemisphere, temporal),
                                seam(cerebellum, cerebrum));
        if (stemOnly) {
            gap = Double.MAX_VALUE;
        }
        tissue.depth = -hull - cortex.notch(gap);
        double sulcal = share(cortex.halfWidth(-hull) - gap, voxel);
        double ribbon = CORTEX_MM + cortex.halfWidth(-hull) - Math.min(gap, stemOnly ? 99 : -hull);
        tissue.ventricle = share(-ventricles.distance(side, u, v, w), voxel);
        tissue.fluid = Math.max(sulcal, tissue.ventricle);
        double nuclei = 0.85 * share(-DeepGrey.distance(side, v, w), voxel);
        tissue.grey = (1 - tissue.fluid) * Math.max(share(ribbon, voxel), nuclei);
    }

    private static final double[] STEM_END = {0, -26, -62, 9};

    /** Distance to where two touching bodies meet: fluid and cortex line it on both sides. */
    static double seam(double one, double two) {
        return Math.abs(one - two) / 2;
    }
}
