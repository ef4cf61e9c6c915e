/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import java.util.SplittableRandom;

/**
 * The folds of the brain's surface. Sulci are the level sheets of a random function that is nearly
 * constant along rays from the inside of a hemisphere, so they run inwards from the surface, to a
 * depth that varies; the fissures between the hemispheres and above the temporal lobes come on top.
 */
final class Cortex {

    private static final double FOLD_LENGTH_MM = 40;
    private static final double FOLIA_LENGTH_MM = 8;
    private static final double STEP_MM = 0.5;

    /** How far the sulci stray from their rays. */
    private static final double BEND_MM = 9;

    /** Sulci are where the random function is a multiple of this. */
    private static final double LEVEL = 0.42;

    /** How close to the midline the fissure above the temporal lobe reaches. */
    private static final double INSULA_MM = 36;

    /** Where no fold is near. */
    static final double FAR = 1000;

    private final GradientNoise folds;
    private final GradientNoise depths;
    private final GradientNoise wobble;
    private final double width;

    Cortex(SplittableRandom random) {
        folds = new GradientNoise(random.nextInt());
        depths = new GradientNoise(random.nextInt());
        wobble = new GradientNoise(random.nextInt());
        width = 0.6 + 0.5 * random.nextDouble();
    }

    /** Half the width of a fluid-filled fold at a depth: open at the surface, narrow below. */
    double halfWidth(double depth) {
        return width * (0.55 + 0.9 * Math.exp(-depth / 5));
    }

    /** How far the skull-stripped surface sinks in where a fold opens, in mm. */
    double notch(double gap) {
        return 2.2 * Math.exp(-Solids.sq(gap / 2.5));
    }

    /**
     * Distance to the nearest sulcus or fissure of the cerebrum, in mm.
     *
     * @param depth below the smooth surface
     * @param seam distance to where temporal lobe and hemisphere meet
     */
    double sulcus(double u, double v, double w, double depth, double seam) {
        double lateral = Math.hypot(seam, Math.max(0, INSULA_MM - Math.abs(u)));
        double nearest = Math.min(fissure(u, v, w), lateral);
        double floor = 17 + 22 * depths.at(u / 22, v / 22, w / 22);
        double below = Math.max(0, depth - Math.max(4, floor));
        if (below > 12) {
            return nearest;
        }
        double bend = BEND_MM * wobble.at(u / 19, v / 19, w / 19);
        double value = fold(u, v + bend, w - bend);
        double slope =
                Math.sqrt(
                                Solids.sq(fold(u + STEP_MM, v + bend, w - bend) - value)
                                        + Solids.sq(fold(u, v + bend + STEP_MM, w - bend) - value)
                                        + Solids.sq(fold(u, v + bend, w - bend + STEP_MM) - value))
                        / STEP_MM;
        double off = Math.abs(value - LEVEL * Math.rint(value / LEVEL));
        double sheet = slope < 1e-6 ? FAR : off / slope;
        return Math.min(nearest, Math.hypot(sheet, below));
    }

    /** The random function whose level sheets are the sulci: constant along rays from inside. */
    private double fold(double u, double v, double w) {
        double inU = u < 0 ? -22 : 22;
        double inV = Math.max(-48, Math.min(48, v));
        double inW = Math.max(-4, Math.min(22, w));
        double du = u - inU;
        double dv = v - inV;
        double dw = w - inW;
        double scale = 45 / (Math.sqrt(du * du + dv * dv + dw * dw) + 1e-6);
        double f = 1 / FOLD_LENGTH_MM;
        return folds.twoOctaves(
                (inU + du * scale) * f, (inV + dv * scale) * f, (inW + dw * scale) * f);
    }

    /** Distance to the fissure between the hemispheres, which ends above the corpus callosum. */
    private double fissure(double u, double v, double w) {
        double bent = u + 2.5 * wobble.at(v / 30, w / 30, 0.5);
        double callosum = Solids.ellipsoid(0, v + 4, w - 6, 40, 42, 24);
        return Math.hypot(bent, Math.max(0, -callosum));
    }

    /** Distance to the nearest of the cerebellum's leaves, thin sheets that run level. */
    double folia(double u, double v, double w) {
        double level = w + 0.35 * v + 5 * wobble.at(u / 18, v / 18, w / 18);
        double phase = level / FOLIA_LENGTH_MM - Math.floor(level / FOLIA_LENGTH_MM);
        return Math.abs(phase - 0.5) * FOLIA_LENGTH_MM + 0.6;
    }
}
