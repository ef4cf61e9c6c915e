/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import java.util.SplittableRandom;

/**
 * One glioma: a necrotic core, around it an enhancing rim of varying thickness, sometimes with
 * gaps, and oedema that spreads along the white matter. Radii are in mm, about 28 to 46 mm across
 * without the oedema; the outline is perturbed by smooth noise on the scale of the tumour.
 */
final class Tumor {

    static final int NONE = 0;
    static final int NECROSIS = 1;
    static final int OEDEMA = 2;
    static final int ENHANCING = 3;

    private static final double SMALLEST_MM = 14;
    private static final double LARGEST_MM = 23;
    private static final int TRIES = 10_000;

    private final double[] centre;
    private final double[] stretch = new double[3];
    private final double radius;
    private final double rim;
    private final double spread;
    private final double gaps;
    private final boolean enhancing;
    private final double voxel;
    private final GradientNoise outline;
    private final GradientNoise thickness;
    private final GradientNoise fingers;

    Tumor(SplittableRandom random, BrainAnatomy anatomy, PhantomSettings settings) {
        voxel = settings.voxelSize();
        radius = SMALLEST_MM * Math.pow(LARGEST_MM / SMALLEST_MM, random.nextDouble());
        rim = radius * (0.3 + 0.15 * random.nextDouble());
        spread = 10 + 14 * random.nextDouble();
        gaps = random.nextDouble() < 0.4 ? 0.18 : 1;
        enhancing = random.nextDouble() >= settings.fractionWithoutEnhancing();
        for (int axis = 0; axis < 3; axis++) {
            stretch[axis] = 0.85 + 0.35 * random.nextDouble();
        }
        outline = new GradientNoise(random.nextInt());
        thickness = new GradientNoise(random.nextInt());
        fingers = new GradientNoise(random.nextInt());
        centre = place(random, anatomy);
    }

    /** Draws a place in the white matter of the cerebrum, away from surface and midline. */
    private double[] place(SplittableRandom random, BrainAnatomy anatomy) {
        Tissue tissue = new Tissue();
        for (int i = 0; i < TRIES; i++) {
            double u = 55 * (2 * random.nextDouble() - 1);
            double v = 68 * (2 * random.nextDouble() - 1);
            double w = -8 + 58 * random.nextDouble();
            anatomy.sample(u, v, w, tissue);
            if (tissue.depth > 0.8 * radius && tissue.white() > 0.9 && Math.abs(u) > radius) {
                return new double[] {u, v, w};
            }
        }
        throw new IllegalStateException("no white matter found for a tumour of " + radius + " mm");
    }

    /**
     * Moves a place to where its tissue was before the tumour grew: what surrounds the tumour is
     * pushed outwards and squeezed, except for the brain's surface, which the skull holds.
     *
     * @param depth of the place below the surface in mm
     */
    void undisplace(double[] place, double depth, double[] before) {
        double du = place[0] - centre[0];
        double dv = place[1] - centre[1];
        double dw = place[2] - centre[2];
        double reach = (du * du + dv * dv + dw * dw) / (radius * radius);
        double keep = 1 - 0.45 * Math.exp(-0.5 * reach) * Math.min(1, depth / radius);
        before[0] = centre[0] + du * keep;
        before[1] = centre[1] + dv * keep;
        before[2] = centre[2] + dw * keep;
    }

    /** Classifies a place inside the brain, given the tissue that lies there. */
    int classify(double[] place, Tissue tissue) {
        double du = (place[0] - centre[0]) * stretch[0];
        double dv = (place[1] - centre[1]) * stretch[1];
        double dw = (place[2] - centre[2]) * stretch[2];
        double distance = Math.sqrt(du * du + dv * dv + dw * dw);
        // It follows the white matter, but neither swims through fluid nor leaves its hemisphere.
        boolean otherSide = place[0] * centre[0] < 0;
        if (distance > 1.9 * radius + 2 * spread || tissue.ventricle > 0.4 || otherSide) {
            return NONE;
        }
        double s = 1 / (1.1 * radius);
        double bumps = outline.twoOctaves(du * s, dv * s, dw * s);
        double shaped = distance / Math.max(0.5, 1 + 0.75 * bumps);
        if (shaped < radius) {
            return core(du, dv, dw, radius - shaped);
        }
        double reached = shaped - radius;
        double wave = fingers.twoOctaves(du / 14, dv / 14, dw / 14);
        double reach = spread * (0.45 + 0.5 * tissue.white() - 0.4 * tissue.grey + 0.8 * wave);
        return reached < reach && tissue.fluid < 0.35 ? OEDEMA : NONE;
    }

    private int core(double du, double dv, double dw, double depth) {
        double s = 1 / (0.8 * radius);
        double uneven = thickness.at(du * s, dv * s, dw * s);
        double thick = Math.max(voxel, rim * (1 + 1.3 * uneven));
        double patch = thickness.at(dw * s + 9.2, du * s - 5.7, dv * s + 3.1);
        boolean gap = patch > gaps;
        return enhancing && depth < thick && !gap ? ENHANCING : NECROSIS;
    }

    /** How fully a voxel of oedema is soaked: 1 beside the core, less towards its border. */
    double soaking(double[] place) {
        double du = place[0] - centre[0];
        double dv = place[1] - centre[1];
        double dw = place[2] - centre[2];
        double beyond = Math.sqrt(du * du + dv * dv + dw * dw) - radius;
        return 1 - 0.3 * Math.max(0, Math.min(1, beyond / (1.5 * spread)));
    }
}
