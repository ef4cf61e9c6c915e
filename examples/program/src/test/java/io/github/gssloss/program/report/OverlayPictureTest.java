/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.EvaluationCase;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayPictureTest {

    private static final int SIDE = 16;

    /** A cube of oedema in noise, under a name too long for a title. */
    private static final class Cube implements EvaluationCase {

        @Override
        public String name() {
            return "a-very-long-case-name ".repeat(20);
        }

        @Override
        public int[] shape() {
            return new int[] {SIDE, SIDE, SIDE};
        }

        @Override
        public float[] images() {
            Random random = new Random(1);
            float[] images = new float[4 * SIDE * SIDE * SIDE];
            for (int i = 0; i < images.length; i++) {
                images[i] = random.nextFloat();
            }
            return images;
        }

        @Override
        public byte[] labels() {
            byte[] labels = new byte[SIDE * SIDE * SIDE];
            for (int x = 4; x < 12; x++) {
                for (int y = 4; y < 12; y++) {
                    labels[(x * SIDE + y) * SIDE + 7] = 2;
                }
            }
            return labels;
        }
    }

    @Test
    void showsTruthAndPredictionsWhereTheyBelong(@TempDir Path folder) throws IOException {
        byte[] nothing = new byte[SIDE * SIDE * SIDE];
        OverlayPicture overlay =
                new OverlayPicture(new Cube(), Brats.BRATS2020, PictureStyle.FILLS);
        BufferedImage without = overlay.render();
        Path file = folder.resolve("overlay.png");
        for (ModalitySubset subset : Brats.BRATS2020.allAndSingles()) {
            overlay.addPrediction(
                    subset, subset.label().equals("t1ce") ? new Cube().labels() : nothing);
        }

        overlay.write(file);

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isGreaterThan(without.getWidth());
        assertThat(picture.getHeight()).isGreaterThan(without.getHeight() + 300);
        int half = picture.getHeight() / 2;
        Color oedema = Swatch.ofClasses(Brats.BRATS2020).get(1).colour();
        int column = picture.getWidth() / 6;
        // The outline of the truth in column 5 of row 1, of the t1ce prediction in column 2 of
        // row 2; nowhere else, the legend's square apart.
        for (int c = 0; c < 6; c++) {
            int upper = count(picture.getSubimage(c * column, 0, column, half), oedema);
            int lower = count(picture.getSubimage(c * column, half, column, half - 70), oedema);
            assertThat(upper > 300).as("row 1, column %d", c + 1).isEqualTo(c == 4);
            assertThat(lower > 300).as("row 2, column %d", c + 1).isEqualTo(c == 1);
        }
    }

    /** Tumour at small x, which is the patient's right where x points to the left. */
    private record RightSided(String orientation, float value) implements EvaluationCase {

        @Override
        public String name() {
            return "right";
        }

        @Override
        public int[] shape() {
            return new int[] {SIDE, SIDE, 1};
        }

        @Override
        public float[] images() {
            float[] images = new float[4 * SIDE * SIDE];
            Arrays.fill(images, value);
            return images;
        }

        @Override
        public byte[] labels() {
            byte[] labels = new byte[SIDE * SIDE];
            Arrays.fill(labels, SIDE, 3 * SIDE, (byte) 2);
            return labels;
        }
    }

    @Test
    void theSidesOfThePatientAreMarked() {
        BufferedImage lps = truth(new RightSided("LPS", 0));
        BufferedImage ras = truth(new RightSided("RAS", 0));

        // R has more ink than L, both stand at half the height.
        assertThat(ink(lps, 0)).isGreaterThan(ink(lps, 290)).isEqualTo(ink(ras, 290));
        assertThat(ink(lps, 290)).isPositive().isEqualTo(ink(ras, 0));
        Color oedema = Swatch.ofClasses(Brats.BRATS2020).get(1).colour();
        assertThat(count(lps.getSubimage(0, 0, 160, 320), oedema)).isGreaterThan(300);
        assertThat(count(lps.getSubimage(160, 0, 160, 320), oedema)).isZero();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE})
    void anyImageIsDrawn(float value) {
        RightSided shown = new RightSided("LPS", value);
        OverlayPicture overlay = new OverlayPicture(shown, Brats.BRATS2020, PictureStyle.FILLS);
        overlay.addPrediction(Brats.BRATS2020.all(), shown.labels());

        assertThat(overlay.render().getWidth()).isGreaterThan(6 * 320);
    }

    /** The slice with the truth: the last of five of 320 pixels with gaps of 14. */
    private static BufferedImage truth(EvaluationCase shown) {
        BufferedImage sheet =
                new OverlayPicture(shown, Brats.BRATS2020, PictureStyle.FILLS).render();
        return sheet.getSubimage(24 + 4 * (320 + 14), 24 + 44 + 30, 320, 320);
    }

    private static int ink(BufferedImage picture, int left) {
        return count(picture.getSubimage(left, 140, 30, 40), Color.WHITE);
    }

    @Test
    void refusesAPredictionOfAnotherSize() {
        OverlayPicture overlay =
                new OverlayPicture(new Cube(), Brats.BRATS2020, PictureStyle.FILLS);
        assertThatThrownBy(() -> overlay.addPrediction(Brats.BRATS2020.all(), new byte[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prediction flair+t1ce+t1+t2: expected 4096 voxels, got 5");
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
}
