/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The masks of {@code src-test-data/measures}, measured by plain loops in Python. */
class ReferenceMasksTest {

    private static final Path FILE = Path.of("..", "..", "src-test-data", "measures", "masks.txt");

    private static final List<Metric> MEASURED =
            List.of(
                    Metric.HD95,
                    Metric.LESION_DICE,
                    Metric.LESION_HD95,
                    Metric.SURFACE_DICE,
                    Metric.VOLUME_ERROR);

    @TestFactory
    List<DynamicTest> agreesWithPlainLoops() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, String> one : masks()) {
            tests.add(DynamicTest.dynamicTest(one.get("case"), () -> compare(one)));
        }
        assertThat(tests).hasSizeGreaterThan(25);
        return tests;
    }

    private static List<Map<String, String>> masks() throws IOException {
        List<Map<String, String>> masks = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            String[] parts = line.split(" ", 2);
            if (parts[0].equals("case")) {
                masks.add(new HashMap<>());
            }
            if (parts.length == 2) {
                masks.get(masks.size() - 1).put(parts[0], parts[1]);
            }
        }
        return masks;
    }

    private static void compare(Map<String, String> one) {
        int[] shape =
                Arrays.stream(one.get("shape").split(" ", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray();
        String[] edges = one.get("spacing").split(" ", -1);
        float[] spacing = new float[3];
        for (int axis = 0; axis < 3; axis++) {
            spacing[axis] = Float.parseFloat(edges[axis]);
        }
        MeasureSettings settings = MeasureSettings.parse(one.get("settings"), FILE.toString());

        CaseTruth truth =
                new CaseTruth(map(one.get("truth"), shape), shape, spacing, Brats.BRATS2020);
        Measures measures =
                truth.measuring(settings)
                        .measure(map(one.get("prediction"), shape))
                        .get(Brats.ENHANCING);

        for (Metric metric : MEASURED) {
            double expected = Double.parseDouble(one.get(metric.label()));
            assertThat(metric.of(measures)).as(metric.label()).isCloseTo(expected, within(1e-9));
        }
    }

    /** Enhancing tumour in runs of voxels: where each begins, and its length. */
    private static byte[] map(String runs, int[] shape) {
        byte[] map = new byte[shape[0] * shape[1] * shape[2]];
        for (String run : runs.isBlank() ? new String[0] : runs.split(" ", -1)) {
            String[] numbers = run.split("\\+", 2);
            int from = Integer.parseInt(numbers[0]);
            Arrays.fill(map, from, from + Integer.parseInt(numbers[1]), (byte) 3);
        }
        return map;
    }

    @Test
    void whatIsNotAskedForIsNotThere() {
        int[] shape = {4, 4, 4};
        byte[] one = map("5+2 9+2", shape);
        CaseTruth truth = new CaseTruth(one, shape, new float[] {1, 1, 1}, Brats.BRATS2020);
        Measures usual = truth.measure(one).get(Brats.ENHANCING);
        assertThat(usual).isEqualTo(new Measures(1, 0, 0, 1, 1, 1, 0));
        for (Metric metric : Metric.values()) {
            assertThat(Double.isNaN(metric.of(usual)))
                    .isNotEqualTo(MeasureSettings.USUAL.has(metric));
        }
        MeasureSettings volume = MeasureSettings.parse("volume;empty-hd95=0", "t");
        Measures measured = truth.measuring(volume).measure(new byte[64]).get(Brats.ENHANCING);
        assertThat(measured.volumeError()).isCloseTo(0.004, within(1e-12));
        assertThat(measured.hd95()).isZero();
        assertThat(measured.lesionDice()).isNaN();
        assertThat(measured.surfaceDice()).isNaN();
        assertThat(truth.measure(new byte[64]).get(Brats.ENHANCING).hd95()).isEqualTo(373.13);
    }
}
