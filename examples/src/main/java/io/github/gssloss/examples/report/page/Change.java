/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Differences as coloured cells: one colour for better, one for worse, the deeper the larger. The
 * deepest stands for the largest difference shown, but at least for {@link #NARROWEST}.
 */
final class Change {

    /** In points or mm. */
    private static final double NARROWEST = 10;

    private final Metric metric;
    private final double deepest;

    /**
     * Finds the deepest.
     *
     * @param metric what differs
     * @param differences what will be shown; those that are NaN do not count
     */
    Change(Metric metric, DoubleStream differences) {
        this.metric = metric;
        this.deepest =
                differences
                        .filter(difference -> !Double.isNaN(difference))
                        .map(difference -> Math.abs(metric.shown(difference)))
                        .reduce(NARROWEST, Math::max);
    }

    Cell cell(double difference) {
        boolean better = metric.higherIsBetter() == difference > 0;
        double share = Math.abs(metric.shown(difference)) / deepest;
        String depth =
                Double.isNaN(difference) ? "0%" : String.format(Locale.ROOT, "%.0f%%", 100 * share);
        return new Cell(metric.change(difference), depth, better ? "good" : "bad");
    }
}
