/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.measure.Metric;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How deep the cells of a table are coloured: numbers from nothing for the worst one shown to full
 * depth for the best, differences by their size, those for the better in another colour than those
 * for the worse. Full depth stands for at least {@link #NARROWEST}, so that what hardly differs
 * looks alike.
 */
final class Shade {

    /** In per cent, points, mm or ml. */
    static final double NARROWEST = 10;

    private final Metric metric;
    private final boolean differences;
    private final double low;
    private final double high;

    private Shade(Metric metric, boolean differences, double low, double high) {
        this.metric = metric;
        this.differences = differences;
        this.low = low;
        this.high = high;
    }

    /**
     * A coloured cell.
     *
     * @param text what stands in it
     * @param depth how deep it is coloured, for example {@code 40%}
     * @param tone the class that gives the colour
     */
    record Cell(String text, String depth, String tone) {}

    /**
     * The shade of numbers.
     *
     * @param metric what the numbers are
     * @param numbers what will be shown, at least one; those that are NaN do not count
     */
    static Shade ofNumbers(Metric metric, DoubleStream numbers) {
        DoubleSummaryStatistics shown = shown(metric, numbers).summaryStatistics();
        if (shown.getCount() == 0) {
            return new Shade(metric, false, 0, NARROWEST);
        }
        double width = Math.max(NARROWEST, shown.getMax() - shown.getMin());
        double middle = (shown.getMin() + shown.getMax()) / 2;
        double below = Math.min(middle - width / 2, MetricText.largest(metric) - width);
        double low = Math.max(0, below);
        return new Shade(metric, false, low, low + width);
    }

    /**
     * The shade of differences.
     *
     * @param metric what differs
     * @param differences what will be shown; those that are NaN do not count
     */
    static Shade ofDifferences(Metric metric, DoubleStream differences) {
        double largest = shown(metric, differences).map(Math::abs).reduce(NARROWEST, Math::max);
        return new Shade(metric, true, 0, largest);
    }

    private static DoubleStream shown(Metric metric, DoubleStream numbers) {
        return numbers.filter(number -> !Double.isNaN(number))
                .map(number -> MetricText.shown(metric, number));
    }

    /** A coloured cell. */
    Cell cell(double number) {
        double shown = MetricText.shown(metric, number);
        boolean higher = MetricText.higherIsBetter(metric);
        if (differences) {
            String tone = higher == number > 0 ? "good" : "bad";
            return new Cell(MetricText.change(metric, number), depth(Math.abs(shown) / high), tone);
        }
        double share = (shown - low) / (high - low);
        return new Cell(MetricText.text(metric, number), depth(higher ? share : 1 - share), "good");
    }

    /** The number that is coloured palest. */
    String worst() {
        return end(MetricText.higherIsBetter(metric) ? low : high);
    }

    /** The number that is coloured deepest. */
    String best() {
        return end(MetricText.higherIsBetter(metric) ? high : low);
    }

    private String end(double shown) {
        return String.format(Locale.ROOT, "%.1f %s", shown, metric.unit());
    }

    private static String depth(double share) {
        double within = Double.isNaN(share) ? 0 : Math.max(0, Math.min(1, share));
        return String.format(Locale.ROOT, "%.0f%%", 100 * within);
    }
}
