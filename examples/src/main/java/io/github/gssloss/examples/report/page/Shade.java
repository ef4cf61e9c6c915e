/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How deep a cell of a heat map is coloured, from 0 for the worst value shown to 100 % for the
 * best. The ends are at least {@link #NARROWEST} apart, so that what hardly differs looks alike.
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
     * @param metric what the values are
     * @param values what will be shown; those that are NaN do not count
     */
    Shade(Metric metric, DoubleStream values) {
        var statistics =
                values.filter(value -> !Double.isNaN(value)).map(metric::shown).summaryStatistics();
        double least = statistics.getCount() == 0 ? 0 : statistics.getMin();
        double most = statistics.getCount() == 0 ? 0 : statistics.getMax();
        double widening = Math.max(0, NARROWEST - (most - least)) / 2;
        double top = metric.isShare() ? 100 : Double.MAX_VALUE;
        double from = Math.max(0, least - widening);
        double to = Math.min(top, from + Math.max(NARROWEST, most - least));
        this.metric = metric;
        this.low = Math.max(0, Math.min(from, to - NARROWEST));
        this.high = to;
    }

    /** The depth of a value, as CSS takes it. */
    String of(double value) {
        double share = (metric.shown(value) - low) / (high - low);
        double depth = metric.higherIsBetter() ? share : 1 - share;
        double within = Math.max(0, Math.min(1, depth));
        return Double.isNaN(value) ? "0%" : String.format(Locale.ROOT, "%.0f%%", 100 * within);
    }

    /** The value that is coloured palest. */
    String worst() {
        return end(metric.higherIsBetter() ? low : high);
    }

    /** The value that is coloured deepest. */
    String best() {
        return end(metric.higherIsBetter() ? high : low);
    }

    private String end(double value) {
        String unit = metric.isShare() ? " %" : " mm";
        return String.format(Locale.ROOT, "%.1f", value) + unit;
    }
}
