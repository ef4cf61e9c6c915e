/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

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
        List<Shade.Cell> mean,
        String worst,
        String best) {

    /**
     * Rows that stand together.
     *
     * @param rows one row for each subset
     */
    record Group(List<Row> rows) {}

    /**
     * A row.
     *
     * @param marks the modalities
     * @param cells whole, core, enhancing, average
     */
    record Row(List<SubsetText.Mark> marks, List<Shade.Cell> cells) {}

    /** The heat map of every metric. */
    static List<HeatMap> all(ScoreTable table) {
        return Stream.of(Metric.values()).map(metric -> of(table, metric)).toList();
    }

    private static HeatMap of(ScoreTable table, Metric metric) {
        Shade shade =
                Shade.ofNumbers(
                        metric,
                        table.subsets().stream()
                                .flatMapToDouble(
                                        subset -> means(table, metric, Optional.of(subset))));
        List<Group> groups = new ArrayList<>();
        int modalities = 0;
        for (ModalitySubset subset : table.subsets()) {
            if (subset.modalities().size() != modalities) {
                groups.add(new Group(new ArrayList<>()));
                modalities = subset.modalities().size();
            }
            List<Shade.Cell> cells =
                    means(table, metric, Optional.of(subset)).mapToObj(shade::cell).toList();
            groups.get(groups.size() - 1).rows().add(new Row(SubsetText.marks(subset), cells));
        }
        return new HeatMap(
                MetricText.title(metric),
                MetricText.meaning(metric),
                groups,
                means(table, metric, Optional.empty()).mapToObj(shade::cell).toList(),
                shade.worst(),
                shade.best());
    }

    /** Whole, core, enhancing and their average with a subset; empty: over all of them. */
    static DoubleStream means(ScoreTable table, Metric metric, Optional<ModalitySubset> subset) {
        return Comparison.regions().stream()
                .mapToDouble(region -> table.mean(metric, subset, region));
    }
}
