/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.EvaluationCase;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        OverlayPicture overlay = new OverlayPicture(new Cube(), LabelSet.BRATS2020);
        BufferedImage without = overlay.render();
        Path file = folder.resolve("overlay.png");
        for (ModalitySubset subset : ModalitySubset.ALL_AND_SINGLES) {
            overlay.addPrediction(
                    subset, subset.label().equals("t1ce") ? new Cube().labels() : nothing);
        }

        overlay.write(file);

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isGreaterThan(without.getWidth());
        assertThat(picture.getHeight()).isGreaterThan(without.getHeight() + 300);
        int half = picture.getHeight() / 2;
        Color oedema = Swatch.ofClasses(LabelSet.BRATS2020).get(1).colour();
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

    @Test
    void refusesAPredictionOfAnotherSize() {
        OverlayPicture overlay = new OverlayPicture(new Cube(), LabelSet.BRATS2020);
        assertThatThrownBy(() -> overlay.addPrediction(ModalitySubset.ALL, new byte[5]))
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
