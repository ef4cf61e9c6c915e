/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.prepare.TrueClasses;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A patient of 240 x 240 x 155 voxels of 1 mm (TCGA-FG-6692), where the folder is given. The
 * prediction is the truth moved by (2, -1, 1) voxels, and a false lesion of enhancing tumour. The
 * numbers are those of {@code src-test-data/measures/make_measures.py} for the same arrays.
 */
class FullSizePatientTest {

    private static final int[] SHAPE = {240, 240, 155};

    @Test
    void agreesWithPlainLoops() {
        String brats = System.getProperty("gss.brats", "");
        assumeTrue(!brats.isBlank(), "no folder of real BraTS cases given: -Dgss.brats=FOLDER");
        CaseFiles files = Cohort.find(Path.of(brats), Brats.BRATS2020).cases().get(0);
        assumeTrue(files.name().equals("TCGA-FG-6692"), "the numbers are those of TCGA-FG-6692");
        byte[] classes = TrueClasses.read(files, Brats.BRATS2020);

        CaseTruth truth = new CaseTruth(classes, SHAPE, new float[] {1, 1, 1}, Brats.BRATS2020);
        byte[] prediction = movedWithAFalseLesion(classes);
        Map<Region, Measures> one =
                truth.measuring(settings("lesions=glioma;nsd=1;volume;empty-hd95=373.13"))
                        .measure(prediction);
        Map<Region, Measures> two =
                truth.measuring(settings("lesions=metastases;nsd=2;empty-hd95=373.13"))
                        .measure(prediction);

        compare(one.get(Brats.WHOLE), 2.23606797749979, 0.4242353954736737, 0.723987451035268);
        compare(two.get(Brats.WHOLE), 2.23606797749979, 0.4242353954736737, 0.9575443529873409);
        compare(one.get(Brats.CORE), 2.449489742783178, 0.4203069657615112, 0.7210085623260906);
        compare(two.get(Brats.CORE), 2.449489742783178, 0.4203069657615112, 0.9547777429518164);
        compare(
                one.get(Brats.ENHANCING),
                2.449489742783178,
                0.3838450292397661,
                0.7394335866329806);
        compare(
                two.get(Brats.ENHANCING),
                2.449489742783178,
                0.3838450292397661,
                0.9531481085092218);
        one.values().forEach(m -> assertThat(m.volumeError()).isCloseTo(0.125, within(1e-12)));
    }

    private static MeasureSettings settings(String label) {
        return MeasureSettings.parse(label, "t");
    }

    private static void compare(Measures measures, double hd95, double dice, double surface) {
        assertThat(measures.hd95()).isCloseTo(hd95, within(1e-9));
        assertThat(measures.lesionDice()).isCloseTo(dice, within(1e-9));
        assertThat(measures.lesionHd95()).isCloseTo((2 + 374) / 2.0, within(1e-9));
        assertThat(measures.surfaceDice()).isCloseTo(surface, within(1e-9));
    }

    private static byte[] movedWithAFalseLesion(byte[] truth) {
        byte[] prediction = new byte[truth.length];
        for (int x = 2; x < SHAPE[0]; x++) {
            for (int y = 0; y < SHAPE[1] - 1; y++) {
                for (int z = 1; z < SHAPE[2]; z++) {
                    prediction[index(x, y, z)] = truth[index(x - 2, y + 1, z - 1)];
                }
            }
        }
        for (int v = 0; v < 125; v++) {
            prediction[index(20 + v / 25, 20 + v / 5 % 5, 20 + v % 5)] = 3;
        }
        return prediction;
    }

    private static int index(int x, int y, int z) {
        return (x * SHAPE[1] + y) * SHAPE[2] + z;
    }
}
