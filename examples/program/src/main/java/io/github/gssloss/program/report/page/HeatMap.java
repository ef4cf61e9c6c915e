/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The means of one metric: a row for each subset with the regions and their average, rows of as
 * many modalities together, and the mean of all rows below.
 *
 * @param title the metric
 * @param meaning what it is
 * @param groups neighbouring subsets of as many modalities
 * @param mean the mean of the rows
 * @param worst the number that is coloured palest
 * @param best the number that is coloured deepest
 */
record HeatMap(
        String title,
        String meaning,
        List<Group> groups,
        List<HeatCell> mean,
        String worst,
        String best) {

    /**
     * A row.
     *
     * @param marks the modalities
     * @param cells whole, core, enhancing, average
     */
    record Row(List<SubsetMark> marks, List<HeatCell> cells) {}

    /**
     * Rows that stand together.
     *
     * @param rows one row for each subset
     */
    record Group(List<Row> rows) {}

    /** The heat map of every metric. */
    static List<HeatMap> all(ScoreTable table) {
        return Arrays.stream(Metric.values()).map(metric -> of(table, metric)).toList();
    }

    private static HeatMap of(ScoreTable table, Metric metric) {
        Shade shade =
                new Shade(
                        metric,
                        table.subsets().stream()
                                .flatMapToDouble(subset -> means(table, metric, subset)));
        List<Group> groups = new ArrayList<>();
        int modalities = 0;
        for (ModalitySubset subset : table.subsets()) {
            if (subset.modalities().size() != modalities) {
                groups.add(new Group(new ArrayList<>()));
                modalities = subset.modalities().size();
            }
            List<HeatCell> cells = means(table, metric, subset).mapToObj(shade::cell).toList();
            groups.get(groups.size() - 1).rows().add(new Row(SubsetMark.row(subset), cells));
        }
        return new HeatMap(
                MetricText.title(metric),
                MetricText.meaning(metric),
                groups,
                means(table, metric).mapToObj(shade::cell).toList(),
                shade.worst(),
                shade.best());
    }

    /** Whole, core, enhancing and their average with a subset. */
    static DoubleStream means(ScoreTable table, Metric metric, ModalitySubset subset) {
        return DoubleStream.concat(
                Arrays.stream(TumorRegion.values())
                        .mapToDouble(region -> table.mean(metric, subset, region)),
                DoubleStream.of(table.mean(metric, subset)));
    }

    /** Whole, core, enhancing and their average over the subsets. */
    static DoubleStream means(ScoreTable table, Metric metric) {
        return DoubleStream.concat(
                Arrays.stream(TumorRegion.values())
                        .mapToDouble(region -> table.mean(metric, region)),
                DoubleStream.of(table.mean(metric)));
    }
}
