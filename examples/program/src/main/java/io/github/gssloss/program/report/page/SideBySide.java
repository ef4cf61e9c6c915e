/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.program.report.ChartColours;
import io.github.gssloss.program.tables.ScoreTableFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs beside each other: the means of each, and how far they lie from the first run's, with the 95
 * % intervals of the differences.
 *
 * @param words what is compared, and what the intervals are
 * @param firstName the name of the first run
 * @param others the names of the others
 * @param modalities the names of the modalities
 * @param regionLabels the names of the regions
 * @param metrics for each metric the regions of every run
 * @param regions for each region, and the average, the Dice with every subset
 * @param legend the runs with their colours in the charts
 * @param charts Dice by number of modalities
 */
record SideBySide(
        Words words,
        String firstName,
        List<String> others,
        List<String> modalities,
        List<String> regionLabels,
        List<MetricPart> metrics,
        List<RegionPart> regions,
        List<Legend> legend,
        List<Figure> charts) {

    private static final Optional<ModalitySubset> ALL = Optional.empty();

    /**
     * What is compared.
     *
     * @param what a run or an arm
     * @param counted what the intervals are over
     * @param explanation what the differences and intervals are
     */
    record Words(String what, String counted, String explanation) {

        /**
         * The words for runs that were evaluated on the same cases.
         *
         * @param first the name of the first run
         * @param notCompared a blank and a sentence on what is not compared, or nothing
         */
        static Words ofRuns(String first, String notCompared) {
            return new Words(
                    "run",
                    "cases",
                    "Each run is compared with "
                            + first
                            + " on the cases that both were evaluated on. Below a difference stands"
                            + " its 95 % interval: cases drawn again and again with replacement. A"
                            + " single case has none."
                            + notCompared);
        }
    }

    /**
     * All subsets together.
     *
     * @param title the metric
     * @param meaning what it is
     * @param first the first run's means of the regions and their average
     * @param runs the other runs
     */
    record MetricPart(String title, String meaning, List<String> first, List<RunPart> runs) {}

    /**
     * A run of a {@link MetricPart}.
     *
     * @param name the run
     * @param cases the number of cases that both were evaluated on
     * @param cells its means and differences
     */
    record RunPart(String name, String cases, List<Pair> cells) {}

    /**
     * A mean and its difference to the first run's.
     *
     * @param mean the mean
     * @param change the difference
     * @param interval the interval of the difference; empty where there is none
     */
    record Pair(String mean, Shade.Cell change, String interval) {}

    /**
     * Dice of a region with every subset.
     *
     * @param title the region
     * @param rows the subsets
     */
    record RegionPart(String title, List<SubsetPart> rows) {}

    /**
     * A row of a {@link RegionPart}.
     *
     * @param name the subset in words
     * @param circles the modalities
     * @param firstMean the first run's mean
     * @param cells the other runs
     */
    record SubsetPart(String name, List<String> circles, String firstMean, List<Pair> cells) {}

    /**
     * A run with its colour.
     *
     * @param name the run
     * @param colour the number of the colour
     */
    record Legend(String name, int colour) {}

    /**
     * Compares runs.
     *
     * @param words what is compared
     * @param comparison the runs
     * @param scores the scores of the first run and of those compared with it, in their order
     */
    static SideBySide of(Words words, Comparison comparison, Map<String, Scores> scores) {
        List<String> others = scores.keySet().stream().skip(1).toList();
        return new SideBySide(
                words,
                comparison.first(),
                others,
                comparison.subsets().get(0).all().stream().map(Modality::label).toList(),
                comparison.regions().stream().flatMap(Optional::stream).map(Region::label).toList(),
                comparison.metrics().stream()
                        .map(metric -> metric(comparison, others, metric))
                        .toList(),
                comparison.regions().stream()
                        .map(region -> region(comparison, others, region))
                        .toList(),
                legend(List.copyOf(scores.keySet())),
                RunLines.all(scores));
    }

    private static List<Legend> legend(List<String> names) {
        int colours = ChartColours.LIGHT.lines().size();
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Legend(names.get(i), i % colours))
                .toList();
    }

    private static MetricPart metric(Comparison comparison, List<String> others, Metric metric) {
        List<List<Optional<Difference>>> rows =
                others.stream()
                        .map(
                                run ->
                                        byRegion(
                                                comparison,
                                                r -> comparison.difference(run, metric, ALL, r)))
                        .toList();
        Shade shade = shade(metric, rows);
        List<RunPart> runs = new ArrayList<>();
        for (List<Optional<Difference>> row : rows) {
            String cases =
                    row.get(row.size() - 1)
                            .map(one -> Integer.toString(one.seeds() * one.cases()))
                            .orElse(MetricText.NOTHING);
            runs.add(new RunPart(others.get(runs.size()), cases, pairs(metric, shade, row)));
        }
        return new MetricPart(
                MetricText.title(metric, comparison.settings().definition(metric)),
                MetricText.meaning(metric),
                byRegion(comparison, region -> mean(comparison, metric, ALL, region)),
                runs);
    }

    private static <T> List<T> byRegion(Comparison comparison, Function<Optional<Region>, T> cell) {
        return comparison.regions().stream().map(cell).toList();
    }

    private static RegionPart region(
            Comparison comparison, List<String> others, Optional<Region> region) {
        Map<ModalitySubset, List<Optional<Difference>>> rows = new LinkedHashMap<>();
        for (ModalitySubset subset : comparison.subsets()) {
            Function<String, Optional<Difference>> found =
                    run -> comparison.difference(run, Metric.DICE, Optional.of(subset), region);
            rows.put(subset, others.stream().map(found).toList());
        }
        Shade shade = shade(Metric.DICE, rows.values());
        List<SubsetPart> parts = new ArrayList<>();
        rows.forEach(
                (subset, row) ->
                        parts.add(
                                new SubsetPart(
                                        SubsetText.words(subset),
                                        ScoreTableFormat.circles(subset),
                                        mean(comparison, Metric.DICE, Optional.of(subset), region),
                                        pairs(Metric.DICE, shade, row))));
        return new RegionPart(region.map(Region::label).orElse("average"), parts);
    }

    private static Shade shade(Metric metric, Collection<List<Optional<Difference>>> rows) {
        return Shade.ofDifferences(
                metric,
                rows.stream()
                        .flatMap(List::stream)
                        .flatMap(Optional::stream)
                        .mapToDouble(Difference::difference));
    }

    private static String mean(
            Comparison comparison,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<Region> region) {
        return MetricText.text(metric, comparison.mean(comparison.first(), metric, subset, region));
    }

    private static List<Pair> pairs(Metric metric, Shade shade, List<Optional<Difference>> row) {
        return row.stream().map(found -> pair(metric, shade, found)).toList();
    }

    private static Pair pair(Metric metric, Shade shade, Optional<Difference> found) {
        double mean = found.map(Difference::mean).orElse(Double.NaN);
        double difference = found.map(Difference::difference).orElse(Double.NaN);
        String interval =
                found.flatMap(Difference::interval)
                        .map(ends -> MetricText.interval(metric, ends))
                        .orElse("");
        return new Pair(MetricText.text(metric, mean), shade.cell(difference), interval);
    }
}
