/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.Modality;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CasePictureTest {

    /** A volume of other extents along each axis, in LPS: x to the left, y to the back, z up. */
    private static final int[] SHAPE = {6, 5, 4};

    private static final PictureGrid LPS = grid("LPS");

    private static PictureGrid grid(String orientation) {
        return new PictureGrid(SHAPE, new float[] {1, 1, 2}, orientation);
    }

    private static int at(int x, int y, int z) {
        return (x * SHAPE[1] + y) * SHAPE[2] + z;
    }

    private static byte[] nothing() {
        return new byte[SHAPE[0] * SHAPE[1] * SHAPE[2]];
    }

    /** Where a marked voxel comes to lie, column and row. */
    private static int[] seen(PictureGrid grid, Plane plane, int index, int marked) {
        byte[] classes = nothing();
        classes[marked] = 1;
        PlaneSlice slice = new PlaneSlice(grid, plane, index);
        byte[] row = slice.of(classes);
        for (int pixel = 0; pixel < row.length; pixel++) {
            if (row[pixel] == 1) {
                return new int[] {pixel % slice.width(), pixel / slice.width()};
            }
        }
        return new int[0];
    }

    @Test
    void planesLieAsRadiologistsLookAtThem() {
        int voxel = at(1, 3, 2);
        // The right of the patient on the left, the front or the head up.
        assertThat(seen(LPS, Plane.AXIAL, 2, voxel)).containsExactly(1, 3);
        assertThat(seen(LPS, Plane.CORONAL, 3, voxel)).containsExactly(1, 1);
        assertThat(seen(LPS, Plane.SAGITTAL, 1, voxel)).containsExactly(3, 1);
        assertThat(seen(LPS, Plane.AXIAL, 1, voxel)).isEmpty();
        assertThat(new PlaneSlice(LPS, Plane.SAGITTAL, 1).sides()).isEqualTo("AP");
        assertThat(new PlaneSlice(LPS, Plane.CORONAL, 1).sides()).isEqualTo("RL");
        assertThat(new PlaneSlice(LPS, Plane.CORONAL, 1).words()).isEqualTo("coronal 2 of 5");
    }

    /** The same voxels, stored otherwise, are the same picture. */
    @Test
    void thePictureDoesNotDependOnHowItIsStored() {
        int voxel = at(1, 3, 2);
        // To the right, the front and up: x and y counted from the other end.
        int[] ras = seen(grid("RAS"), Plane.AXIAL, 2, at(4, 1, 2));
        assertThat(ras).isEqualTo(seen(LPS, Plane.AXIAL, 2, voxel));
        // Axes in another order: x leads up, y to the left, z to the back.
        PictureGrid slp = grid("SLP");
        assertThat(seen(slp, Plane.AXIAL, 2, at(2, 1, 3))).containsExactly(1, 3);
        assertThat(new PlaneSlice(slp, Plane.AXIAL, 2).width()).isEqualTo(5);
        assertThat(new PlaneSlice(slp, Plane.AXIAL, 2).words()).isEqualTo("axial 3 of 6");
    }

    /** Around the head there is nothing to be seen. */
    @Test
    void whatIsAsInTheFirstVoxelIsCutOff() {
        float[] image = new float[nothing().length];
        Arrays.fill(image, -3);
        image[at(2, 1, 1)] = 1;
        image[at(4, 3, 2)] = 2;
        PictureGrid shown = LPS.within(image);
        PlaneSlice slice = new PlaneSlice(shown, Plane.AXIAL, 2);
        assertThat(new int[] {slice.width(), slice.height(), shown.low(2)})
                .containsExactly(3, 3, 1);
        assertThat(slice.words()).isEqualTo("axial 3 of 4");
        assertThat(seen(shown, Plane.AXIAL, 2, at(4, 3, 2))).containsExactly(2, 2);
        PictureGrid turned = grid("RAS").within(image);
        assertThat(seen(turned, Plane.AXIAL, 2, at(4, 3, 2))).containsExactly(0, 0);
        Arrays.fill(image, 5);
        assertThat(LPS.within(image).shown(0)).isEqualTo(6);
    }

    @Test
    void theSliceWithMostOfARegionIsFound() {
        byte[] classes = nothing();
        classes[at(0, 1, 3)] = 2;
        classes[at(2, 2, 1)] = 1;
        classes[at(3, 2, 1)] = 1;
        classes[at(3, 4, 0)] = 1;
        Arrays.fill(classes, at(5, 0, 0), at(5, 0, 3), (byte) -1);
        boolean[] first = {false, true, false};
        assertThat(Plane.AXIAL.most(LPS, classes, first)).hasValue(1);
        assertThat(Plane.CORONAL.most(LPS, classes, first)).hasValue(2);
        assertThat(Plane.SAGITTAL.most(LPS, classes, first)).hasValue(3);
        assertThat(Plane.AXIAL.most(LPS, classes, false, false, true)).hasValue(3);
        assertThat(Plane.AXIAL.most(LPS, nothing(), first)).isEqualTo(OptionalInt.empty());
    }

    private static float[] image() {
        float[] image = new float[nothing().length];
        for (int v = 0; v < image.length; v++) {
            image[v] = v % 7;
        }
        return image;
    }

    private static CasePicture picture(PictureStyle style, List<Modality> asked) {
        return new CasePicture(
                "case",
                Brats.BRATS2020,
                LPS,
                style,
                Set.of(Brats.T1CE, Brats.FLAIR),
                modality -> {
                    asked.add(modality);
                    return image();
                });
    }

    private static byte[] tumour() {
        byte[] classes = nothing();
        for (int x = 1; x < 5; x++) {
            for (int y = 1; y < 4; y++) {
                Arrays.fill(classes, at(x, y, 0), at(x, y, 3), (byte) 2);
            }
        }
        return classes;
    }

    private static int count(BufferedImage picture, Color colour) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += picture.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void aRegionThatIsThereHasARowAndItsMapsBelow() {
        List<Modality> asked = new ArrayList<>();
        BufferedImage whole =
                picture(PictureStyle.FILLS, asked).addClasses("found", tumour()).render();
        // Oedema is of the whole tumour alone: one row, over FLAIR.
        assertThat(asked).containsExactly(Brats.FLAIR);
        byte[] more = tumour();
        more[at(2, 2, 1)] = 3;
        BufferedImage three = picture(PictureStyle.FILLS, asked).addClasses("found", more).render();
        assertThat(three.getHeight()).isGreaterThan(whole.getHeight() + 2 * 290);
        assertThat(asked).containsExactly(Brats.FLAIR, Brats.FLAIR, Brats.T1CE);
        float[] map = new float[nothing().length];
        map[at(1, 1, 0)] = 0.5f;
        BufferedImage heat =
                picture(PictureStyle.FILLS, asked)
                        .addClasses("found", tumour())
                        .addHeat("entropy", map)
                        .render();
        assertThat(heat.getHeight()).isGreaterThan(whole.getHeight() + 290);
        // The largest value has the colour of the end of the bar.
        Color hottest = VoteColours.heat(1);
        assertThat(count(heat, hottest)).isGreaterThan(1000);
        assertThat(count(whole, hottest)).isZero();
    }

    @Test
    void contoursLeaveTheImageToBeSeen() {
        Color oedema = Swatch.ofClasses(Brats.BRATS2020).get(1).colour();
        BufferedImage lines =
                picture(PictureStyle.CONTOURS, new ArrayList<>())
                        .addClasses("found", tumour())
                        .render();
        BufferedImage none =
                picture(PictureStyle.CONTOURS, new ArrayList<>())
                        .addClasses("found", tumour())
                        .addClasses("empty", nothing())
                        .render();
        // Two panels a plane, of 6 of 8 mm each: beside a single segmentation lies the image.
        assertThat(lines.getWidth()).isBetween(6 * 217, 8 * 217);
        assertThat(none.getWidth()).isBetween(6 * 217, 8 * 217);
        int outline = count(lines, oedema);
        assertThat(outline).isGreaterThan(1500).isEqualTo(count(none, oedema));
        int filled = 0;
        BufferedImage fills =
                picture(PictureStyle.FILLS, new ArrayList<>())
                        .addClasses("found", tumour())
                        .render();
        for (int y = 0; y < fills.getHeight(); y++) {
            for (int x = 0; x < fills.getWidth(); x++) {
                filled += fills.getRGB(x, y) != lines.getRGB(x, y) ? 1 : 0;
            }
        }
        assertThat(filled).isGreaterThan(10 * outline);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, Float.NaN, Float.POSITIVE_INFINITY, -1})
    void anyCaseIsDrawn(float value) {
        float[] constant = new float[nothing().length];
        Arrays.fill(constant, value);
        CasePicture picture =
                new CasePicture(
                        "case",
                        Brats.BRATS2020,
                        LPS,
                        PictureStyle.CONTOURS,
                        Set.of(Brats.T2),
                        modality -> constant);
        BufferedImage drawn =
                picture.addClasses("found", nothing()).addHeat("entropy", constant).render();
        assertThat(drawn.getHeight()).isGreaterThan(2 * 290);
    }

    @Test
    void oneSliceIsShownInItsPlane() {
        PictureGrid flat = new PictureGrid(new int[] {6, 20, 1}, new float[] {1, 1, 9}, "LPS");
        BufferedImage drawn =
                new CasePicture(
                                "case",
                                Brats.BRATS2020,
                                flat,
                                PictureStyle.FILLS,
                                Set.of(Brats.T2),
                                modality -> new float[120])
                        .addClasses("found", new byte[120])
                        .render();
        assertThat(drawn.getHeight()).isLessThan(600);
    }

    @Test
    void refusesWhatHasOtherVoxels() {
        CasePicture picture = picture(PictureStyle.FILLS, new ArrayList<>());
        assertThatThrownBy(() -> picture.addClasses("found", new byte[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found: expected 120 voxels, got 5");
    }
}
