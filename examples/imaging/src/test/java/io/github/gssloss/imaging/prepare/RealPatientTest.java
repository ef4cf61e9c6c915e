/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.nifti.NiftiReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The patient TCGA-FG-6692 of BraTS-Toolkit; runs with {@code -Dgss.brats=FOLDER} alone. */
class RealPatientTest {

    private static CaseFiles patient() {
        String folder = System.getProperty("gss.brats", "");
        assumeTrue(!folder.isEmpty(), "no real patient: -Dgss.brats=FOLDER names no folder");
        List<CaseFiles> cases =
                CaseFiles.find(Path.of(folder)).stream()
                        .filter(files -> files.name().equals("TCGA-FG-6692"))
                        .toList();
        assumeTrue(!cases.isEmpty(), "the folder of -Dgss.brats holds no TCGA-FG-6692");
        return cases.get(0).requireComplete();
    }

    @Test
    void isCroppedStandardisedAndLabelled() {
        CaseFiles files = patient();
        PreparedCase prepared = new CasePreparation(Brats.BRATS2020, 80).prepare(files);
        assertThat(prepared.volumeShape()).containsExactly(240, 240, 155);
        int[] counts = new int[4];
        for (byte label : prepared.labels()) {
            counts[label]++;
        }
        int voxels = prepared.box().voxels();
        assertThat(counts).containsExactly(voxels - 30_179, 2_477, 20_862, 6_840);

        float[][] raw = new float[4][];
        files.images().forEach((m, file) -> raw[m.index()] = NiftiReader.read(file).data());
        BoundingBox box = prepared.box();
        assertThat(voxelsOutside(raw, box)).isZero();
        float[] images = prepared.images();
        for (int m = 0; m < 4; m++) {
            double count = 0;
            double sum = 0;
            double squares = 0;
            for (int v = 0, i = 0; v < raw[0].length; v++) {
                int x = v / (240 * 155) - box.x();
                int y = v / 155 % 240 - box.y();
                int z = v % 155 - box.z();
                if (x < 0
                        || x >= box.sizeX()
                        || y < 0
                        || y >= box.sizeY()
                        || z < 0
                        || z >= box.sizeZ()) {
                    continue;
                }
                if (raw[0][v] != 0 || raw[1][v] != 0 || raw[2][v] != 0 || raw[3][v] != 0) {
                    count++;
                    sum += images[m * voxels + i];
                    squares += (double) images[m * voxels + i] * images[m * voxels + i];
                }
                i++;
            }
            assertThat(sum / count).isCloseTo(0, within(1e-5));
            assertThat(squares / count).isCloseTo(1, within(1e-5));
        }
    }

    /** Counts voxels that are not 0 but lie outside a box. */
    private static int voxelsOutside(float[][] raw, BoundingBox box) {
        int outside = 0;
        for (int x = 0, v = 0; x < 240; x++) {
            for (int y = 0; y < 240; y++) {
                for (int z = 0; z < 155; z++, v++) {
                    boolean inside =
                            x >= box.x()
                                    && x < box.x() + box.sizeX()
                                    && y >= box.y()
                                    && y < box.y() + box.sizeY()
                                    && z >= box.z()
                                    && z < box.z() + box.sizeZ();
                    for (float[] image : raw) {
                        outside += !inside && image[v] != 0 ? 1 : 0;
                    }
                }
            }
        }
        return outside;
    }
}
