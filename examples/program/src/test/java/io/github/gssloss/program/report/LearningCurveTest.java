/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningCurveTest {

    private static final Color FIRST = ChartColours.LIGHT.line(0);
    private static final Color SECOND = ChartColours.LIGHT.line(1);

    private static Series falling(String name, int points, double from) {
        double[] x = new double[points];
        double[] y = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = i + 1;
            y[i] = from / (i + 1);
        }
        return new Series(name, x, y);
    }

    @Test
    void drawsEveryPanelAndEveryLine(@TempDir Path folder) throws IOException {
        CurvePanel loss =
                new CurvePanel(
                        "Loss",
                        "step",
                        "loss",
                        true,
                        10,
                        List.of(falling("fused", 60, 5), falling("branches", 60, 9)));
        CurvePanel dice =
                new CurvePanel("Dice", "epoch", "Dice", false, 0, List.of(falling("d", 6, 1)));
        Path file = folder.resolve("curve.png");

        new LearningCurve(List.of(loss, dice)).write(file);

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(2880);
        assertThat(picture.getHeight()).isEqualTo(960);
        BufferedImage left = picture.getSubimage(0, 0, 1440, 960);
        BufferedImage right = picture.getSubimage(1440, 0, 1440, 960);
        assertThat(count(left, FIRST)).isGreaterThan(500);
        assertThat(count(left, SECOND)).isGreaterThan(500);
        assertThat(count(right, FIRST)).isGreaterThan(500);
        assertThat(count(right, SECOND)).isZero();
    }

    @Test
    void aLineThatALogarithmicAxisCannotShowIsLeftOut() {
        Series zero = new Series("zero", new double[] {1, 2}, new double[2]);
        CurvePanel panel =
                new CurvePanel("Loss", "step", "loss", true, 0, List.of(zero, falling("d", 9, 1)));
        assertThat(panel.lines()).extracting(Series::name).containsExactly("d");

        BufferedImage picture = render(panel);

        assertThat(count(picture, FIRST)).isGreaterThan(500);
        assertThat(count(picture, SECOND)).isZero();
    }

    @Test
    void manyNamesBelowAChartAreDrawnWithinIt() {
        List<Series> lines = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            lines.add(falling("a name of the length " + i, 9, 1 + i));
        }
        BufferedImage picture = render(new CurvePanel("Loss", "x", "y", false, 0, lines));

        // Both ends of the strip stay free: nothing is cut off.
        int strip = picture.getHeight() - 60;
        for (int x : new int[] {0, 1, 2, picture.getWidth() - 2, picture.getWidth() - 1}) {
            for (int y = strip; y < picture.getHeight(); y++) {
                assertThat(picture.getRGB(x, y)).isEqualTo(Color.WHITE.getRGB());
            }
        }
        BufferedImage legend = picture.getSubimage(0, strip, picture.getWidth(), 60);
        for (int i = 0; i < 7; i++) {
            assertThat(count(legend, ChartColours.LIGHT.line(i))).as("line " + i).isPositive();
        }
    }

    @Test
    void refusesWhatItCannotShow(@TempDir Path folder) {
        assertThatThrownBy(() -> new LearningCurve(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("panels: expected at least one, got none");
        assertThatThrownBy(() -> new CurvePanel("Loss", "x", "y", true, -1, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("smoothing: expected at least 0, got -1.0");
        CurvePanel panel = new CurvePanel("L", "x", "y", false, 0, List.of(falling("d", 3, 1)));
        Path file = folder.resolve("no").resolve("curve.png");
        assertThatThrownBy(() -> new LearningCurve(List.of(panel)).write(file))
                .isInstanceOf(UserInputException.class)
                .hasMessage(file + ": expected a file that can be written");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCannotBeShownIsLeftOut(boolean logarithmic) {
        double[] steps = {1, 2, 3};
        Series none = new Series("none", new double[0], new double[0]);
        Series gaps = new Series("gaps", steps, new double[] {Double.NaN, Double.NaN, Double.NaN});
        Series far = new Series("far", steps, new double[] {2, Double.POSITIVE_INFINITY, 3});
        Series one = new Series("one", new double[] {1}, new double[] {3});
        for (double smoothing : new double[] {0, 1, 2}) {
            for (List<Series> empty :
                    List.of(List.<Series>of(), List.of(none), List.of(none, gaps))) {
                CurvePanel panel = new CurvePanel("L", "x", "y", logarithmic, smoothing, empty);
                assertThat(panel.lines()).isEmpty();
                assertThat(count(render(panel), FIRST)).isZero();
            }
            for (Series shown : List.of(far, one)) {
                List<Series> series = List.of(none, gaps, shown);
                CurvePanel panel = new CurvePanel("L", "x", "y", logarithmic, smoothing, series);
                assertThat(count(render(panel), FIRST)).isGreaterThan(50);
            }
        }
    }

    /** Series without points, and some that an axis of XChart fails on or never ends with. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void extremesAreDrawnOrLeftOut(boolean logarithmic) {
        double[][] all = {
            {},
            {0},
            {-1},
            {1, -3},
            {-3, 1, 1},
            {Double.NaN, Double.NaN},
            {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY},
            {Double.MAX_VALUE},
            {Double.MAX_VALUE, -Double.MAX_VALUE},
            {1e300, 1e301},
            {Double.MIN_VALUE},
            {Double.MIN_VALUE, Double.MAX_VALUE},
            {Float.MAX_VALUE, -Float.MAX_VALUE},
            {1e15, -1e15},
            {1e-30, 1e15},
            {-1e-30, 1e-30},
            {1, 1 + 1e-15},
        };
        Series other = new Series("other", new double[] {0, 1}, new double[] {1, 2});
        for (double[] y : all) {
            double[] x = new double[y.length];
            Arrays.setAll(x, i -> i);
            for (List<Series> series :
                    List.of(
                            List.of(new Series("y", x, y)),
                            List.of(new Series("y", x, y), other))) {
                for (double smoothing : new double[] {0, 2}) {
                    CurvePanel panel =
                            new CurvePanel("L", "x", "y", logarithmic, smoothing, series);
                    assertThat(render(panel)).as("%s", Arrays.toString(y)).isNotNull();
                }
            }
        }
    }

    /** The steps of the first epoch are 0, 1, 2: none of them is a mean alone. */
    @Test
    void aMeanIsThatOfAnEpoch() {
        Series loss =
                new Series("l", new double[] {0, 1, 2, 3, 4, 5}, new double[] {9, 3, 3, 2, 2, 2});
        CurvePanel panel = new CurvePanel("L", "step", "loss", true, 3, List.of(loss));

        assertThat(panel.lines().get(0).x()).containsExactly(1, 4);
        assertThat(panel.lines().get(0).y()).containsExactly(5, 2);
    }

    private static BufferedImage render(CurvePanel panel) {
        return new LearningCurve(List.of(panel)).render(720, 480, ChartColours.LIGHT);
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
