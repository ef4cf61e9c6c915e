/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.measure.Metric;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How deep a cell of a heat map is coloured, from nothing for the worst number shown to full for
 * the best. The ends are at least {@link #NARROWEST} apart, so that what hardly differs looks
 * alike.
 */
final class Shade {

    /** In per cent or mm. */
    static final double NARROWEST = 10;

    private final Metric metric;
    private final double low;
    private final double high;

    /**
     * Finds the ends.
     *
     * @param metric what the numbers are
     * @param numbers what will be shown, at least one; those that are NaN do not count
     */
    Shade(Metric metric, DoubleStream numbers) {
        DoubleSummaryStatistics shown =
                numbers.filter(number -> !Double.isNaN(number))
                        .map(number -> MetricText.shown(metric, number))
                        .summaryStatistics();
        double width = Math.max(NARROWEST, shown.getMax() - shown.getMin());
        double middle = (shown.getMin() + shown.getMax()) / 2;
        double below = Math.min(middle - width / 2, MetricText.largest(metric) - width);
        this.metric = metric;
        this.low = Math.max(0, below);
        this.high = low + width;
    }

    /** A coloured cell. */
    HeatCell cell(double number) {
        double share = (MetricText.shown(metric, number) - low) / (high - low);
        double depth = MetricText.higherIsBetter(metric) ? share : 1 - share;
        return new HeatCell(
                MetricText.text(metric, number),
                MetricText.depth(Double.isNaN(number) ? 0 : depth),
                HeatCell.GOOD);
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
        return String.format(Locale.ROOT, "%.1f %s", shown, MetricText.unit(metric));
    }
}
