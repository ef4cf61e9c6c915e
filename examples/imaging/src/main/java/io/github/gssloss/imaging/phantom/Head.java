/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import java.util.SplittableRandom;

/** One head with its tumour, looked at voxel by voxel. Not for several threads. */
final class Head {

    /** Beyond this ellipsoid there is no brain, however it is bent. */
    private static final double[] REACH_MM = {80, 96, 82};

    private final HeadPose pose;
    private final BrainAnatomy anatomy;
    private final Tumor tumor;
    private final TissueContrast contrast;
    private final GradientNoise vessels;
    private final GradientNoise texture;
    private final Tissue tissue = new Tissue();
    private final double[] place = new double[3];
    private final double[] before = new double[3];

    Head(SplittableRandom random, PhantomSettings settings) {
        pose = new HeadPose(random, settings);
        anatomy = new BrainAnatomy(random, settings.voxelSize());
        tumor = new Tumor(random, anatomy, settings);
        contrast = new TissueContrast(random, settings.contrast());
        vessels = new GradientNoise(random.nextInt());
        texture = new GradientNoise(random.nextInt());
    }

    /**
     * Looks at a voxel.
     *
     * @param signal receives its ideal intensity in each sequence, above 0
     * @return the class, 0 for healthy, or -1 outside the brain, where nothing is received
     */
    int look(int x, int y, int z, double[] signal) {
        if (!inBrain(x, y, z)) {
            return -1;
        }
        int tumorClass = tumor.classify(place, tissue);
        shine(tumorClass, signal);
        return tumorClass;
    }

    /** Looks at a voxel of the brain as if the tumour had only pushed, not soaked it. */
    void lookHealthy(int x, int y, int z, double[] signal) {
        if (inBrain(x, y, z)) {
            shine(Tumor.NONE, signal);
        }
    }

    /** Finds out place and tissue of a voxel. */
    private boolean inBrain(int x, int y, int z) {
        pose.toHead(x, y, z, place);
        double reach =
                Solids.sq(place[0] / REACH_MM[0])
                        + Solids.sq(place[1] / REACH_MM[1])
                        + Solids.sq(place[2] / REACH_MM[2]);
        if (reach > 1) {
            return false;
        }
        double depth = anatomy.depth(place[0], place[1], place[2]);
        if (depth <= 0) {
            return false;
        }
        tumor.undisplace(place, depth, before);
        anatomy.sample(before[0], before[1], before[2], tissue);
        return tissue.depth > 0;
    }

    private void shine(int tumorClass, double[] signal) {
        double share = tumorClass == Tumor.OEDEMA ? tumor.soaking(place) : 1;
        double grain = texture.twoOctaves(place[0] / 9, place[1] / 9, place[2] / 9);
        double vessel = vessel();
        for (Modality modality : Brats.MODALITIES) {
            double value = contrast.healthy(modality, tissue, vessel) * (1 + 0.06 * grain);
            if (tumorClass != Tumor.NONE) {
                double ill = contrast.tumor(modality, tumorClass) * (1 + 0.2 * grain);
                value += share * (ill - value);
            }
            signal[modality.index()] = value;
        }
    }

    /** Share of a vessel: here and there in the sulci, so that bright in t1ce is not all tumour. */
    private double vessel() {
        double sulcal = Math.max(0, tissue.fluid - tissue.ventricle);
        if (sulcal == 0) {
            return 0;
        }
        double run = vessels.at(place[0] / 9, place[1] / 9, place[2] / 9);
        return sulcal * Math.max(0, Math.min(1, 6 * (run - 0.25)));
    }
}
