/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.measure.Metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far each arm's Dice lies from the first arm's: a dot in its 95 % interval, with a line at 0.
 * The charts of one page have the same scale.
 *
 * @param title the region
 * @param height the height of the drawing
 * @param bottom where the scale is
 * @param zero the place of no difference
 * @param ticks the scale, in points
 * @param rows the arms
 */
record IntervalChart(
        String title,
        String height,
        String bottom,
        String zero,
        List<Scale.Tick> ticks,
        List<Row> rows) {

    private static final double LEFT = 16;
    private static final double RIGHT = 584;
    private static final double STEP = 40;
    private static final double FOOT = 26;

    /** The narrowest scale, in points: smaller differences shall look small. */
    private static final double NARROWEST = 2;

    /**
     * An arm.
     *
     * @param text its name with the difference in words
     * @param textAt where the words stand
     * @param colour the number of its colour
     * @param at the place of the difference
     * @param low the place of the interval's lower end
     * @param high the place of its upper end
     * @param y the height of the line
     */
    record Row(
            String text, String textAt, int colour, String at, String low, String high, String y) {}

    /** The charts of whole, core, enhancing and their average. */
    static List<IntervalChart> all(Comparison arms) {
        Scale scale =
                scale(
                        Comparison.regions().stream()
                                .flatMap(region -> differences(arms, region).values().stream())
                                .toList());
        return Comparison.regions().stream().map(region -> of(arms, region, scale)).toList();
    }

    private static Map<String, Difference> differences(
            Comparison arms, Optional<TumorRegion> region) {
        Map<String, Difference> found = new LinkedHashMap<>();
        for (String arm : arms.others()) {
            arms.difference(arm, Metric.DICE, Optional.empty(), region)
                    .ifPresent(one -> found.put(arm, one));
        }
        return found;
    }

    private static Scale scale(List<Difference> all) {
        double low = -NARROWEST;
        double high = NARROWEST;
        for (Difference one : all) {
            low = Math.min(low, points(low(one)));
            high = Math.max(high, points(high(one)));
        }
        double room = 0.04 * (high - low);
        return Scale.linear(low - room, high + room, LEFT, RIGHT);
    }

    private static IntervalChart of(Comparison arms, Optional<TumorRegion> region, Scale scale) {
        List<Row> rows = new ArrayList<>();
        differences(arms, region)
                .forEach(
                        (arm, one) -> {
                            double top = rows.size() * STEP;
                            rows.add(
                                    new Row(
                                            words(arm, one),
                                            Scale.place(top + 16),
                                            arms.names().indexOf(arm) % Palette.COLOURS,
                                            scale.at(points(one.difference())),
                                            scale.at(points(low(one))),
                                            scale.at(points(high(one))),
                                            Scale.place(top + 30)));
                        });
        double bottom = rows.size() * STEP + 4;
        return new IntervalChart(
                region.map(Headline::name).orElse("Average of the three"),
                Scale.place(bottom + FOOT),
                Scale.place(bottom),
                scale.at(0),
                scale.ticks(),
                rows);
    }

    /** All rows in words. */
    String words() {
        return rows.stream().map(Row::text).collect(Collectors.joining(", "));
    }

    private static String words(String arm, Difference one) {
        String interval =
                one.interval()
                        .map(ends -> " (" + MetricText.interval(Metric.DICE, ends) + ")")
                        .orElse("");
        return arm + " " + MetricText.change(Metric.DICE, one.difference()) + interval;
    }

    private static double low(Difference one) {
        return one.interval().map(Interval::low).orElse(one.difference());
    }

    private static double high(Difference one) {
        return one.interval().map(Interval::high).orElse(one.difference());
    }

    private static double points(double difference) {
        return MetricText.shown(Metric.DICE, difference);
    }
}
