/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveChartTest {

    @TempDir private Path folder;

    @Test
    void linesAreTheMeansOfTheEpochs() throws IOException {
        StringBuilder text = new StringBuilder("epoch,step,lr,total,distillation\n");
        for (int step = 0; step < 12; step++) {
            text.append("%d,%d,0.1,%d,0.0%n".formatted(step / 4, step, 1 + step));
        }
        CurveChart chart = CurveChart.read(losses(text.toString()));

        assertThat(chart.epochs()).isEqualTo(3);
        assertThat(chart.steps()).isEqualTo(12);
        assertThat(chart.lines()).extracting(CurveChart.Line::name).containsExactly("total");
        assertThat(chart.words())
                .startsWith("12 steps in 3 epochs;")
                .endsWith("Nowhere above 0: distillation.");
        List<double[]> means = points(chart.lines().get(0).means());
        List<double[]> single = points(chart.lines().get(0).single());
        assertThat(means).hasSize(3);
        assertThat(single).hasSize(12);
        // Steps count from 1; the axis reaches from 0 at 52 to 12 at 1190.
        for (int epoch = 0; epoch < 3; epoch++) {
            double middle = 4 * epoch + 2.5;
            assertThat(means.get(epoch)[0]).isCloseTo(52 + 1138 * middle / 12, within(0.06));
            assertThat(loss(means.get(epoch)[1])).isCloseTo(4 * epoch + 2.5, within(0.02));
        }
        assertThat(loss(single.get(11)[1])).isCloseTo(12, within(0.02));
    }

    @Test
    void manyStepsAreThinnedToTheirExtremes() throws IOException {
        StringBuilder text = new StringBuilder("epoch,step,lr,total\n");
        for (int step = 0; step < 45_000; step++) {
            double loss = step == 31_234 ? 50 : step == 20_001 ? 0.5 : 2 + step % 7;
            text.append("%d,%d,0.1,%s%n".formatted(step / 150, step, loss));
        }
        CurveChart chart = CurveChart.read(losses(text.toString()));
        List<double[]> single = points(chart.lines().get(0).single());
        assertThat(chart.epochs()).isEqualTo(300);
        assertThat(points(chart.lines().get(0).means())).hasSize(300);
        assertThat(single).hasSizeBetween(1000, 2000);
        assertThat(single).isSortedAccordingTo((a, b) -> Double.compare(a[0], b[0]));
        double[] places = single.stream().mapToDouble(point -> point[1]).sorted().toArray();
        // The highest loss stands 1.1 times below the top, the lowest as much above the bottom.
        double margin = 320 * Math.log(1.1) / Math.log(1.21 * 100);
        assertThat(places[0]).isCloseTo(10 + margin, within(0.06));
        assertThat(places[places.length - 1]).isCloseTo(330 - margin, within(0.06));
    }

    @Test
    void oneStepIsSeen() throws IOException {
        CurveChart chart = CurveChart.read(losses("epoch,step,lr,total\n0,0,0.1,3\n"));
        assertThat(chart.lines().get(0).means()).startsWith("M").endsWith("h0.1");
        assertThat(chart.lines().get(0).single()).isEmpty();
    }

    private Path losses(String text) throws IOException {
        return Files.writeString(folder.resolve("losses.csv"), text);
    }

    private static List<double[]> points(String path) {
        return Arrays.stream(path.substring(1).split("L"))
                .map(point -> Arrays.stream(point.split(" ")).mapToDouble(Double::parseDouble))
                .map(numbers -> numbers.toArray())
                .toList();
    }

    /** From 1 / 1.1 at 330 to 12 * 1.1 at 10, in equal factors. */
    private static double loss(double place) {
        double share = (330 - place) / 320;
        return Math.pow(1.21 * 12, share) / 1.1;
    }
}
