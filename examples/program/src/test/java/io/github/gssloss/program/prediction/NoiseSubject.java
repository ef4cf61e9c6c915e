/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A subject of BraTS whose images are noise within a margin of background. */
final class NoiseSubject {

    static final int[] SHAPE = {20, 17, 22};
    static final double[][] AFFINE = {{-1, 0, 0, 9}, {0, -1, 0, 12}, {0, 0, 1, -7}, {0, 0, 0, 1}};

    private NoiseSubject() {}

    /** Writes the subject S into a folder. */
    static Path write(Path folder) throws IOException {
        Path subject = Files.createDirectories(folder.resolve("S"));
        for (Modality modality : Brats.MODALITIES) {
            SplittableRandom random = new SplittableRandom(modality.index());
            short[] image = new short[SHAPE[0] * SHAPE[1] * SHAPE[2]];
            for (int v = 0; v < image.length; v++) {
                int x = v / SHAPE[2] / SHAPE[1];
                image[v] = (short) (x > 1 ? random.nextInt(1, 500) : 0);
            }
            NiftiHeader header = NiftiHeader.create(SHAPE, AFFINE, NiftiDatatype.INT16);
            Path file = subject.resolve("S_" + modality.label() + ".nii.gz");
            NiftiWriter.write(file, header, image);
        }
        return subject;
    }
}
