/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.Region;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicePainterTest {

    private static final List<Swatch> TISSUES = Swatch.ofClasses(Brats.BRATS2020);

    @Test
    void columnsAreXAndRowsAreYAsStored() {
        int[] shape = {3, 2, 4};
        float[] images = new float[2 * 24];
        byte[] classes = new byte[24];
        for (int x = 0; x < 3; x++) {
            for (int y = 0; y < 2; y++) {
                images[24 + (x * 2 + y) * 4 + 3] = 10 * x + y;
                classes[(x * 2 + y) * 4 + 3] = (byte) (2 * x + y);
            }
        }
        AxialSlice slice = new AxialSlice(shape, 3);
        assertThat(slice.image(images, 1)).containsExactly(0, 10, 20, 1, 11, 21);
        assertThat(slice.classes(classes)).containsExactly(0, 2, 4, 1, 3, 5);
        assertThatThrownBy(() -> new AxialSlice(shape, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slice: expected 0 to 3, got 4");
    }

    @Test
    void theSliceWithTheMostForeground() {
        byte[] classes = new byte[3 * 2 * 5];
        assertThat(AxialSlice.withMostForeground(new int[] {3, 2, 5}, classes).z()).isEqualTo(2);
        classes[4] = 3;
        assertThat(AxialSlice.withMostForeground(new int[] {3, 2, 5}, classes).z()).isEqualTo(4);
        classes[1] = 1;
        assertThat(AxialSlice.withMostForeground(new int[] {3, 2, 5}, classes).z()).isEqualTo(1);
        classes[9] = 2;
        assertThat(AxialSlice.withMostForeground(new int[] {3, 2, 5}, classes).z()).isEqualTo(4);
    }

    @Test
    void greyLevelsIgnoreTheBackgroundAndTheExtremes() {
        float[] slice = new float[2000];
        Arrays.fill(slice, 0, 1000, -3);
        for (int i = 0; i < 1000; i++) {
            slice[1000 + i] = i;
        }
        slice[1999] = 1e6f;
        int[] levels = GreyLevels.of(slice);
        assertThat(Arrays.copyOf(levels, 1000)).containsOnly(0);
        // The percentiles are the values 10 and 996 of 0 to 999.
        assertThat(levels[1010]).isZero();
        assertThat(levels[1000 + 503]).isEqualTo(128);
        assertThat(levels[1996]).isEqualTo(255);
        assertThat(levels[1999]).isEqualTo(255);
    }

    @Test
    void greyLevelsOfNothingAreBlack() {
        assertThat(GreyLevels.of(new float[40])).containsOnly(0);
    }

    @Test
    void overlayKeepsTheVoxelsBorders() {
        byte[] classes = new byte[16];
        classes[5] = 1;
        classes[6] = 3;
        int[] levels = new int[16];
        Arrays.fill(levels, 100);
        SlicePainter painter = new SlicePainter(4, 4, 40);

        BufferedImage picture = painter.overlay(levels, classes, TISSUES, PictureStyle.FILLS);

        Color green = TISSUES.get(0).colour();
        Color blue = TISSUES.get(2).colour();
        Color grey = new Color(100, 100, 100);
        assertThat(picture.getWidth()).isEqualTo(40);
        assertThat(picture.getHeight()).isEqualTo(40);
        // The voxel (1, 1) covers the pixels 10 to 19: opaque at its rim, mixed within.
        assertThat(colour(picture, 10, 15)).isEqualTo(green);
        assertThat(colour(picture, 19, 10)).isEqualTo(green);
        assertThat(colour(picture, 20, 15)).isEqualTo(blue);
        assertThat(colour(picture, 9, 15)).isEqualTo(grey);
        assertThat(colour(picture, 15, 9)).isEqualTo(grey);
        assertThat(colour(picture, 30, 15)).isEqualTo(grey);
        Color inside = colour(picture, 15, 15);
        assertThat(inside.getGreen()).isBetween(110, 190);
        assertThat(inside.getRed()).isBetween(70, 95);
    }

    @Test
    void everyClassOfEveryLabelSetHasAColourOfItsOwn() {
        DataDescription other =
                new DataDescription(
                        DatasetKind.NNUNET,
                        "other",
                        Modality.of(List.of("CT")),
                        LabelSet.of(
                                List.of("air", "a", "b", "c", "d", "e", "f", "g", "h"),
                                List.of(0, 1, 2, 3, 4, 5, 6, 7, 8)),
                        List.of(new Region("a", "a", List.of(1), false)));
        for (DataDescription described :
                List.of(Brats.BRATS2020, Brats.BRATS2023, Brats.BRATS2015, other)) {
            assertThat(Swatch.ofClasses(described))
                    .hasSize(described.labels().classes() - 1)
                    .extracting(Swatch::colour)
                    .doesNotHaveDuplicates();
        }
    }

    private static Color colour(BufferedImage picture, int x, int y) {
        return new Color(picture.getRGB(x, y));
    }
}
