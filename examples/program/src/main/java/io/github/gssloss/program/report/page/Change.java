/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.measure.Metric;
import java.util.stream.DoubleStream;

/**
 * Differences as coloured cells: one colour for better, one for worse, the deeper the larger. Full
 * depth stands for the largest difference shown, but at least for {@link #NARROWEST}.
 */
final class Change {

    /** In points or mm. */
    static final double NARROWEST = 10;

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
                        .map(difference -> Math.abs(MetricText.shown(metric, difference)))
                        .reduce(NARROWEST, Math::max);
    }

    /** A coloured cell. */
    HeatCell cell(double difference) {
        boolean better = MetricText.higherIsBetter(metric) == difference > 0;
        double share = Math.abs(MetricText.shown(metric, difference)) / deepest;
        return new HeatCell(
                MetricText.change(metric, difference),
                MetricText.depth(Double.isNaN(difference) ? 0 : share),
                better ? HeatCell.GOOD : HeatCell.BAD);
    }
}
