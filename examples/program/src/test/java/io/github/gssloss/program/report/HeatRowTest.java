/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.program.report.PanelSheet.Panel;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeatRowTest {

    private static final int[] SHAPE = {6, 5, 4};
    private static final int VOXELS = 6 * 5 * 4;
    private static final PlaneSlice SLICE =
            new PlaneSlice(new PictureGrid(SHAPE, new float[] {1, 1, 2}, "LPS"), Plane.AXIAL, 1);

    private static int at(int x, int y, int z) {
        return (x * SHAPE[1] + y) * SHAPE[2] + z;
    }

    private static float[] image() {
        float[] image = new float[VOXELS];
        for (int v = 0; v < VOXELS; v++) {
            image[v] = v % 7;
        }
        return image;
    }

    /** The panel beside the heat. */
    private static Panel beside(HeatRow row) {
        return row.panels(List.of(SLICE), "entropy", new float[VOXELS]).get(0);
    }

    private static boolean hasColour(BufferedImage picture, Color colour) {
        return IntStream.range(0, picture.getWidth() * picture.getHeight())
                .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
                .anyMatch(one -> one == colour.getRGB());
    }

    /** Where a prediction is wrong; nobody knows that of unlabelled voxels. */
    @Test
    void whereTwoSegmentationsDifferIsMarked() {
        Color red = new Color(225, 55, 55);
        byte[] truth = new byte[VOXELS];
        for (int x = 1; x < 5; x++) {
            for (int y = 1; y < 4; y++) {
                truth[at(x, y, 1)] = 2;
            }
        }
        byte[] other = truth.clone();
        // One voxel missed, one of another class, one found in vain, one that nobody labelled.
        other[at(1, 1, 1)] = 0;
        other[at(3, 2, 1)] = 3;
        other[at(0, 4, 1)] = 1;
        truth[at(5, 4, 1)] = -1;
        other[at(5, 4, 1)] = 2;
        Map<String, byte[]> layers = new LinkedHashMap<>(Map.of("truth", truth));
        HeatRow one = new HeatRow(Brats.FLAIR, image(), Map.copyOf(layers), PictureStyle.FILLS);
        layers.put("found", other);
        HeatRow two = new HeatRow(Brats.FLAIR, image(), layers, PictureStyle.FILLS);

        assertThat(one.difference()).isEmpty();
        assertThat(two.difference()).hasValue(new Swatch("differs from truth", red));
        assertThat(beside(one).title()).isEqualTo("flair");
        assertThat(beside(two).title()).isEqualTo("differs from truth");
        BufferedImage plain = beside(one).picture();
        BufferedImage marked = beside(two).picture();
        assertThat(hasColour(marked, red)).isTrue();
        assertThat(hasColour(plain, red)).isFalse();
        List<Integer> wrong = List.of(at(1, 1, 1), at(3, 2, 1), at(0, 4, 1));
        for (int x = 0; x < SHAPE[0]; x++) {
            for (int y = 0; y < SHAPE[1]; y++) {
                int column = (2 * x + 1) * plain.getWidth() / (2 * SHAPE[0]);
                int line = (2 * y + 1) * plain.getHeight() / (2 * SHAPE[1]);
                assertThat(marked.getRGB(column, line) != plain.getRGB(column, line))
                        .as("%d, %d", x, y)
                        .isEqualTo(wrong.contains(at(x, y, 1)));
            }
        }
    }

    @Test
    void theScaleSaysWhatItsEndsAre() {
        assertThat(new HeatScale(0.5).words()).isEqualTo("0.050 to 0.50");
        assertThat(new HeatScale(1).words()).isEqualTo("0.10 to 1.0");
        assertThat(new HeatScale(4e-4).words()).isEqualTo("4.0e-05 to 0.00040");
        assertThat(new HeatScale(0).words()).isEqualTo("0 everywhere");
        assertThat(new HeatScale(0.5).colour(0.049)).isEmpty();
        assertThat(new HeatScale(0.5).colour(0.05)).hasValue(VoteColours.heat(0));
        assertThat(new HeatScale(0.5).colour(0.5)).hasValue(VoteColours.heat(1));
    }
}
