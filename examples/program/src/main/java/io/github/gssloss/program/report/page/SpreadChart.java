/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Quantile;
import io.github.gssloss.program.report.Chart;
import io.github.gssloss.program.report.ChartColours;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Dice of a region by the number of modalities given, case by case: the mean, a box from the lower
 * to the upper quartile with the median in it, whiskers from the 5th to the 95th percentile, and a
 * dot for each case; of many cases only for those beyond the whiskers.
 */
final class SpreadChart {

    /** More cases than this make a cloud in which no dot can be told from another. */
    static final int MOST_DOTS = 60;

    /** Fewer cases than this are better shown by themselves. */
    private static final int FEWEST_IN_BOX = 5;

    private static final int WIDTH = 390;
    private static final int HEIGHT = 256;

    /** The box stands left of the middle of its column, the cases right of it. */
    private static final double BOX = 0.3;

    private static final double ASIDE = 0.18;

    private SpreadChart() {}

    /**
     * The cases at one number of modalities, in per cent.
     *
     * @param number the number of modalities
     * @param mean the mean of the cases
     * @param box the 5th, 25th, 50th, 75th and 95th percentile; empty where the cases are few
     * @param dots the cases that are shown by themselves
     */
    record Column(int number, double mean, List<Double> box, List<Double> dots) {

        static Column of(int number, double... cases) {
            double[] sorted = Arrays.stream(cases).map(one -> 100 * one).sorted().toArray();
            double low = Quantile.of(sorted, 0.05);
            double high = Quantile.of(sorted, 0.95);
            List<Double> box =
                    Stream.of(0.05, 0.25, 0.5, 0.75, 0.95)
                            .filter(share -> sorted.length >= FEWEST_IN_BOX)
                            .map(share -> Quantile.of(sorted, share))
                            .toList();
            List<Double> dots =
                    Arrays.stream(cases)
                            .map(one -> 100 * one)
                            .filter(one -> sorted.length <= MOST_DOTS || one < low || one > high)
                            .boxed()
                            .toList();
            return new Column(number, Arrays.stream(sorted).average().orElseThrow(), box, dots);
        }

        String meanText() {
            return MetricText.dice(mean / 100);
        }
    }

    /** A chart for each region. */
    static List<Figure> all(Scores scores) {
        int modalities = scores.table().modalities().size();
        return scores.table().regions().stream()
                .map(region -> figure(region.title(), columns(scores, region), modalities))
                .toList();
    }

    /** What the charts of so many cases show. */
    static String explanation(int cases) {
        return ("Dice in per cent over the number of modalities given: the mean over the subsets of"
                        + " that many. Each dot is a case%s%s The line and the numbers above are"
                        + " the means over the cases.")
                .formatted(
                        cases <= MOST_DOTS ? "" : " beyond the whiskers",
                        cases < FEWEST_IN_BOX
                                ? "."
                                : "; the box holds the middle half of the cases with their median,"
                                        + " the whiskers reach from the 5th to the 95th"
                                        + " percentile.");
    }

    /** The cases of a region at each number of modalities. */
    static List<Column> columns(Scores scores, Region region) {
        return scores.numbers().stream()
                .map(number -> Column.of(number, scores.dice(region, number)))
                .toList();
    }

    private static Figure figure(String title, List<Column> columns, int modalities) {
        String words =
                columns.stream()
                        .map(column -> column.number() + ": " + column.meanText() + " %")
                        .collect(Collectors.joining(", "));
        return Figure.of(
                title,
                "Dice of " + title + " by number of modalities: " + words,
                colours -> draw(columns, modalities, colours));
    }

    private static BufferedImage draw(List<Column> columns, int modalities, ChartColours colours) {
        Chart chart = byNumber(modalities, 110, colours);
        double[] places = new double[columns.size()];
        for (int i = 0; i < places.length; i++) {
            Column column = columns.get(i);
            boolean boxed = !column.box().isEmpty();
            places[i] = boxed ? column.number() - ASIDE : column.number();
            if (boxed) {
                box(chart, places[i], column.box(), colours);
            }
            double middle = boxed ? column.number() + ASIDE : column.number();
            chart.dots(
                    IntStream.range(0, column.dots().size())
                            .mapToDouble(k -> middle + BOX * aside(k))
                            .toArray(),
                    column.dots().stream().mapToDouble(Double::doubleValue).toArray(),
                    ChartColours.faint(colours.text()));
            chart.text(column.meanText(), column.number(), 106);
        }
        double[] means = columns.stream().mapToDouble(Column::mean).toArray();
        return chart.line("", places, means, colours.line(2), 2)
                .dots(places, means, colours.line(2))
                .image();
    }

    private static void box(Chart chart, double x, List<Double> box, ChartColours colours) {
        double[] middle = {x, x};
        double[] across = {x - BOX / 2, x + BOX / 2};
        double[] low = {box.get(0), box.get(1)};
        double[] high = {box.get(3), box.get(4)};
        chart.line("", middle, low, colours.edge(), 1)
                .line("", middle, high, colours.edge(), 1)
                .box(across[0], across[1], box.get(1), box.get(3))
                .line("", across, new double[] {box.get(2), box.get(2)}, colours.text(), 2);
    }

    /** Steps of the golden ratio spread neighbours evenly, the same way each time. */
    private static double aside(int i) {
        return (i * 0.618034 + 0.5) % 1 - 0.5;
    }

    /** An empty chart of Dice in per cent by number of modalities, up to all. */
    static Chart byNumber(int modalities, double highest, ChartColours colours) {
        return new Chart(WIDTH, HEIGHT, colours)
                .axes(0.5, modalities + 0.5, 0, highest)
                // One tick for each number: fewer numbers would get halves between them.
                .style(axes -> axes.setXAxisTickMarkSpacingHint(WIDTH / (modalities + 1)))
                .style(axes -> axes.setPlotGridVerticalLinesVisible(false));
    }
}
