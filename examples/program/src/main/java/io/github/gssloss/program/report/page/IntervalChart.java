/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.program.report.Chart;
import io.github.gssloss.program.report.ChartColours;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far each arm's Dice lies from the first arm's: a dot in its 95 % interval, with a line at 0.
 * The charts of one page have the same scale.
 */
final class IntervalChart {

    private static final int WIDTH = 580;
    private static final int ROW = 40;
    private static final int FOOT = 36;

    /** The narrowest scale reaches so far to both sides: smaller differences shall look small. */
    private static final double NARROWEST = 2;

    private IntervalChart() {}

    /** An arm; the numbers are in points. */
    private record Row(String words, int colour, double difference, double low, double high) {

        static Row of(Comparison arms, String arm, Difference one) {
            double difference = one.difference();
            Interval ends = one.interval().orElse(new Interval(difference, difference));
            String interval =
                    one.interval()
                            .map(i -> " (" + MetricText.interval(Metric.DICE, i) + ")")
                            .orElse("");
            return new Row(
                    arm + " " + MetricText.change(Metric.DICE, difference) + interval,
                    arms.names().indexOf(arm),
                    100 * difference,
                    100 * ends.low(),
                    100 * ends.high());
        }
    }

    /** A chart for each region and for their average. */
    static List<Figure> all(Comparison arms) {
        DoubleSummaryStatistics extent =
                arms.regions().stream()
                        .flatMap(region -> rows(arms, region).stream())
                        .flatMap(row -> Stream.of(row.low(), row.high(), -NARROWEST, NARROWEST))
                        .mapToDouble(Double::doubleValue)
                        .summaryStatistics();
        return arms.regions().stream()
                .map(region -> figure(region, rows(arms, region), extent))
                .toList();
    }

    private static List<Row> rows(Comparison arms, Optional<Region> region) {
        List<Row> rows = new ArrayList<>();
        for (String arm : arms.others()) {
            arms.difference(arm, Metric.DICE, Optional.empty(), region)
                    .ifPresent(one -> rows.add(Row.of(arms, arm, one)));
        }
        return rows;
    }

    private static Figure figure(
            Optional<Region> region, List<Row> rows, DoubleSummaryStatistics extent) {
        String title = region.map(Region::title).orElse("Average");
        String words = rows.stream().map(Row::words).collect(Collectors.joining(", "));
        return Figure.of(
                title,
                "Difference of Dice in points, " + title + ": " + words,
                colours -> draw(rows, extent, colours));
    }

    private static BufferedImage draw(
            List<Row> rows, DoubleSummaryStatistics extent, ChartColours colours) {
        double[] height = {0, rows.size()};
        Chart chart =
                new Chart(WIDTH, rows.size() * ROW + FOOT, colours)
                        .axes(extent.getMin(), extent.getMax(), height[0], height[1])
                        .style(axes -> axes.setPlotGridHorizontalLinesVisible(false))
                        .style(axes -> axes.setYAxisTicksVisible(false))
                        .line("", new double[2], height, colours.text(), 1.2);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double[] y = {rows.size() - i - 0.75, rows.size() - i - 0.75};
            Color colour = colours.line(row.colour());
            chart.line("", new double[] {row.low(), row.high()}, y, colour, 2.2)
                    .dots(new double[] {row.difference()}, new double[] {y[0]}, colour)
                    .label(row.words(), extent.getMin(), y[0] + 0.25);
        }
        return chart.image();
    }
}
