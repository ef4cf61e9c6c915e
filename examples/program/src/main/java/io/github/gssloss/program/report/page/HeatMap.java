/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.tables.ScoreTableFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The means of one metric: a row for each subset with the regions and their average, rows of as
 * many modalities together, and the mean of all rows below.
 *
 * @param title the metric
 * @param meaning what it is
 * @param groups rows of as many modalities
 * @param mean the mean of the rows
 * @param worst the number that is coloured palest
 * @param best the number that is coloured deepest
 */
record HeatMap(
        String title,
        String meaning,
        List<List<Row>> groups,
        List<Shade.Cell> mean,
        String worst,
        String best) {

    /**
     * A row.
     *
     * @param name the subset in words
     * @param circles a circle for each modality, filled where it is given
     * @param cells the regions and their average
     */
    record Row(String name, List<String> circles, List<Shade.Cell> cells) {}

    /** One for each metric; one that scores of an earlier version lack is left out. */
    static List<HeatMap> all(ScoreTable table) {
        return table.metrics().stream().map(metric -> of(table, metric)).toList();
    }

    private static HeatMap of(ScoreTable table, Metric metric) {
        Map<ModalitySubset, double[]> rows = new LinkedHashMap<>();
        table.subsets().forEach(one -> rows.put(one, means(table, metric, Optional.of(one))));
        Shade shade =
                Shade.ofNumbers(metric, rows.values().stream().flatMapToDouble(DoubleStream::of));
        return new HeatMap(
                MetricText.title(metric, table.note(metric)),
                MetricText.meaning(metric),
                groups(rows, subset -> name(table, subset), shade),
                cells(means(table, metric, Optional.empty()), shade),
                shade.worst(),
                shade.best());
    }

    /** Rows over fewer cases say so. */
    private static String name(ScoreTable table, ModalitySubset subset) {
        return SubsetText.words(subset)
                + (table.isComplete()
                        ? ""
                        : " (%d of %d cases)".formatted(table.cases(subset), table.cases()));
    }

    /**
     * What is lost where modalities are missing: the change of Dice against all, over the cases
     * that have all.
     *
     * @return without one modality each, then with one alone each, as far as these were evaluated;
     *     nothing where all together or all others were not
     */
    static List<List<Row>> costs(ScoreTable evaluated) {
        Optional<ModalitySubset> full =
                evaluated.subsets().stream().filter(ModalitySubset::hasAll).findFirst();
        if (full.isEmpty()) {
            return List.of();
        }
        ScoreTable table = evaluated.ofCases(full.get());
        double[] all = means(table, Metric.DICE, full);
        Map<ModalitySubset, double[]> rows = new LinkedHashMap<>();
        Stream.concat(
                        table.modalities().stream()
                                .flatMap(one -> ModalitySubset.of(one).rest().stream()),
                        table.modalities().stream().map(ModalitySubset::of))
                .distinct()
                .filter(subset -> !subset.hasAll() && table.subsets().contains(subset))
                .forEach(
                        subset -> {
                            double[] some = means(table, Metric.DICE, Optional.of(subset));
                            Arrays.setAll(some, i -> some[i] - all[i]);
                            rows.put(subset, some);
                        });
        DoubleStream changes = rows.values().stream().flatMapToDouble(DoubleStream::of);
        return groups(rows, HeatMap::cost, Shade.ofDifferences(Metric.DICE, changes));
    }

    private static String cost(ModalitySubset subset) {
        return subset.modalities().size() == 1
                ? subset.label() + " alone"
                : "without " + subset.rest().orElseThrow();
    }

    /** Subsets of as many modalities stand together. */
    private static List<List<Row>> groups(
            Map<ModalitySubset, double[]> rows,
            Function<ModalitySubset, String> name,
            Shade shade) {
        Map<Integer, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(
                (subset, numbers) ->
                        groups.computeIfAbsent(
                                        subset.modalities().size(), size -> new ArrayList<>())
                                .add(
                                        new Row(
                                                name.apply(subset),
                                                ScoreTableFormat.circles(subset),
                                                cells(numbers, shade))));
        return List.copyOf(groups.values());
    }

    private static List<Shade.Cell> cells(double[] numbers, Shade shade) {
        return DoubleStream.of(numbers).mapToObj(shade::cell).toList();
    }

    private static double[] means(
            ScoreTable table, Metric metric, Optional<ModalitySubset> subset) {
        return Comparison.withAverage(table.regions()).stream()
                .mapToDouble(region -> table.mean(metric, subset, region))
                .toArray();
    }
}
