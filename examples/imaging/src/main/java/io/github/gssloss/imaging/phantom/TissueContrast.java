/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.phantom;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import java.util.SplittableRandom;

/**
 * The intensity of each tissue in each sequence, in the arbitrary units of BraTS' files.
 *
 * <p>Chosen so that no sequence alone shows every class: in flair the oedema is bright but the core
 * cannot be distinguished from the rim; in t1ce the rim is bright and the core dark but the oedema
 * looks like the mixture of grey and white matter; in t2 oedema and core are equally bright and the
 * rim looks like grey matter; in t1 all differ little.
 */
final class TissueContrast {

    /** Columns of the table. */
    private static final int FLUID = 0;

    private static final int GREY = 1;
    private static final int WHITE = 2;

    /** The tumour's classes follow, so that class c stands in column TUMOR + c. */
    private static final int TUMOR = 2;

    private static final double[][] MEAN = {
        // fluid, grey, white, necrosis, oedema, enhancing
        {70, 215, 185, 236, 325, 232},
        {130, 285, 335, 205, 296, 480},
        {110, 235, 300, 224, 240, 234},
        {620, 340, 270, 465, 482, 318},
    };

    private static final double VESSEL = 450;

    private final double[][] mean = new double[4][6];

    /** Draws the sequences' gains and each tissue's small deviation in one head. */
    TissueContrast(SplittableRandom random, double contrast) {
        for (Modality modality : Brats.MODALITIES) {
            int m = modality.index();
            double gain = 0.8 + 0.45 * random.nextDouble();
            for (int tissue = 0; tissue < 6; tissue++) {
                double value = MEAN[m][tissue];
                if (tissue > WHITE) {
                    value = MEAN[m][WHITE] + contrast * (value - MEAN[m][WHITE]);
                }
                mean[m][tissue] = gain * value * (1 + 0.05 * (random.nextDouble() - 0.5));
            }
            mean[m][FLUID] *= 1 + 0.2 * (random.nextDouble() - 0.5);
        }
    }

    /** Intensity of tumour-free tissue in a sequence; {@code vessel} is the share of a vessel. */
    double healthy(Modality modality, Tissue tissue, double vessel) {
        double[] row = mean[modality.index()];
        double value =
                tissue.fluid * row[FLUID] + tissue.grey * row[GREY] + tissue.white() * row[WHITE];
        if (modality.equals(Brats.T1CE)) {
            double bright = VESSEL / MEAN[modality.index()][WHITE] * row[WHITE];
            return value + vessel * (bright - value);
        }
        return value;
    }

    /** Intensity of a tumour class in a sequence. */
    double tumor(Modality modality, int tumorClass) {
        return mean[modality.index()][TUMOR + tumorClass];
    }
}
