/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * @param worst the value that is coloured palest
 * @param best the value that is coloured deepest
 */
record HeatMap(
        String title,
        String meaning,
        List<Group> groups,
        List<Cell> mean,
        String worst,
        String best) {

    /**
     * A row.
     *
     * @param marks the modalities
     * @param cells whole, core, enhancing, average
     */
    record Row(List<SubsetMark> marks, List<Cell> cells) {}

    /**
     * Rows that stand together.
     *
     * @param rows one row for each subset
     */
    record Group(List<Row> rows) {}

    /** Makes the heat map of every metric that has a value. */
    static List<HeatMap> all(Scores scores) {
        return Arrays.stream(Metric.values())
                .filter(metric -> !Double.isNaN(scores.mean(metric)))
                .map(metric -> of(scores, metric))
                .toList();
    }

    static HeatMap of(Scores scores, Metric metric) {
        Shade shade =
                new Shade(
                        metric,
                        scores.subsets().stream()
                                .flatMapToDouble(subset -> means(scores, metric, subset)));
        List<Group> groups = new ArrayList<>();
        int modalities = 0;
        for (ModalitySubset subset : scores.subsets()) {
            if (subset.modalities().size() != modalities) {
                groups.add(new Group(new ArrayList<>()));
                modalities = subset.modalities().size();
            }
            List<Cell> cells = cells(metric, shade, means(scores, metric, subset));
            groups.get(groups.size() - 1).rows().add(new Row(SubsetMark.row(subset), cells));
        }
        DoubleStream regions =
                Stream.of(TumorRegion.values()).mapToDouble(region -> scores.mean(metric, region));
        return new HeatMap(
                metric.title(),
                metric.meaning(),
                groups,
                cells(metric, shade, DoubleStream.concat(regions, one(scores.mean(metric)))),
                shade.worst(),
                shade.best());
    }

    private static DoubleStream means(Scores scores, Metric metric, ModalitySubset subset) {
        DoubleStream regions =
                Stream.of(TumorRegion.values())
                        .mapToDouble(region -> scores.mean(metric, subset, region));
        return DoubleStream.concat(regions, one(scores.mean(metric, subset)));
    }

    private static DoubleStream one(double value) {
        return DoubleStream.of(value);
    }

    private static List<Cell> cells(Metric metric, Shade shade, DoubleStream values) {
        return values.mapToObj(value -> new Cell(metric.text(value), shade.of(value), "good"))
                .toList();
    }
}
