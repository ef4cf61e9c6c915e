/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs beside each other: the means of each, and how far they lie from the first run's, with the 95
 * % intervals of {@code comparison.csv}.
 *
 * @param words what is compared, and what the intervals are
 * @param firstName the name of the first run
 * @param others the names of the others
 * @param metrics for each metric the regions of every run
 * @param regions for each region, and the average, the Dice with every subset
 * @param charts Dice by number of modalities
 */
record SideBySide(
        Words words,
        String firstName,
        List<String> others,
        List<MetricPart> metrics,
        List<RegionPart> regions,
        List<RunLines> charts) {

    /**
     * What is compared.
     *
     * @param what a run or an arm
     * @param counted what the intervals are over
     * @param explanation what the differences and intervals are
     */
    record Words(String what, String counted, String explanation) {

        /** The words for runs that were judged on the same cases. */
        static Words ofRuns(String first) {
            return new Words(
                    "run",
                    "cases",
                    "Each run is compared with "
                            + first
                            + " on the cases that both were judged on. Below a difference stands"
                            + " its 95 % interval: cases drawn again and again with replacement. A"
                            + " single case has none.");
        }
    }

    /**
     * All subsets together.
     *
     * @param title the metric
     * @param meaning what it is
     * @param first the first run's means of whole, core, enhancing and their average
     * @param runs the other runs
     */
    record MetricPart(String title, String meaning, List<String> first, List<RunPart> runs) {}

    /**
     * A run of a {@link MetricPart}.
     *
     * @param name the run
     * @param cases how many cases both were judged on
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
    record Pair(String mean, HeatCell change, String interval) {}

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
     * @param marks the modalities
     * @param firstMean the first run's mean
     * @param cells the other runs
     */
    record SubsetPart(List<SubsetMark> marks, String firstMean, List<Pair> cells) {}

    /**
     * Compares runs.
     *
     * @param words what is compared
     * @param names the names of the runs, the first one first
     * @param scores their scores, in the same order
     * @param differences what is known of the others
     */
    static SideBySide of(
            Words words, List<String> names, List<Scores> scores, ComparisonCsv differences) {
        List<String> others = names.subList(1, names.size());
        return new SideBySide(
                words,
                names.get(0),
                others,
                Arrays.stream(Metric.values())
                        .map(metric -> metric(scores.get(0), metric, others, differences))
                        .toList(),
                regionNames().stream()
                        .map(region -> region(scores.get(0), region, others, differences))
                        .toList(),
                RunLines.all(names, scores));
    }

    List<String> modalities() {
        return Stream.of(Modality.values()).map(Modality::label).toList();
    }

    /** The runs with their colours. */
    List<RunLines.RunLine> legend() {
        return charts.get(0).lines();
    }

    private static MetricPart metric(
            Scores first, Metric metric, List<String> others, ComparisonCsv differences) {
        Change change =
                change(metric, others, List.of(ComparisonCsv.MEAN), regionNames(), differences);
        List<RunPart> runs = new ArrayList<>();
        for (String run : others) {
            List<Pair> cells =
                    regionNames().stream()
                            .map(
                                    region ->
                                            pair(
                                                    metric,
                                                    change,
                                                    differences.find(
                                                            run,
                                                            metric,
                                                            ComparisonCsv.MEAN,
                                                            region)))
                            .toList();
            String cases =
                    differences
                            .find(run, metric, ComparisonCsv.MEAN, ComparisonCsv.AVERAGE)
                            .map(row -> Integer.toString(row.cases()))
                            .orElse(MetricText.NOTHING);
            runs.add(new RunPart(run, cases, cells));
        }
        return new MetricPart(
                MetricText.title(metric),
                MetricText.meaning(metric),
                HeatMap.means(first.table(), metric)
                        .mapToObj(mean -> MetricText.text(metric, mean))
                        .toList(),
                runs);
    }

    private static RegionPart region(
            Scores first, String region, List<String> others, ComparisonCsv differences) {
        List<ModalitySubset> subsets = first.subsets();
        Change change =
                change(
                        Metric.DICE,
                        others,
                        subsets.stream().map(ModalitySubset::label).toList(),
                        List.of(region),
                        differences);
        int place = regionNames().indexOf(region);
        List<SubsetPart> rows = new ArrayList<>();
        for (ModalitySubset subset : subsets) {
            double mean = HeatMap.means(first.table(), Metric.DICE, subset).toArray()[place];
            List<Pair> cells =
                    others.stream()
                            .map(run -> differences.find(run, Metric.DICE, subset.label(), region))
                            .map(found -> pair(Metric.DICE, change, found))
                            .toList();
            rows.add(new SubsetPart(SubsetMark.row(subset), MetricText.dice(mean), cells));
        }
        return new RegionPart(region, rows);
    }

    private static Change change(
            Metric metric,
            List<String> runs,
            List<String> subsets,
            List<String> regions,
            ComparisonCsv differences) {
        List<Double> shown = new ArrayList<>();
        for (String run : runs) {
            for (String subset : subsets) {
                for (String region : regions) {
                    differences
                            .find(run, metric, subset, region)
                            .ifPresent(row -> shown.add(row.difference()));
                }
            }
        }
        return new Change(metric, shown.stream().mapToDouble(Double::doubleValue));
    }

    private static Pair pair(Metric metric, Change change, Optional<ComparisonCsv.Row> found) {
        double mean = found.map(ComparisonCsv.Row::mean).orElse(Double.NaN);
        double difference = found.map(ComparisonCsv.Row::difference).orElse(Double.NaN);
        String interval =
                found.flatMap(ComparisonCsv.Row::interval)
                        .map(
                                ends ->
                                        MetricText.change(metric, ends[0])
                                                + " to "
                                                + MetricText.change(metric, ends[1]))
                        .orElse("");
        return new Pair(MetricText.text(metric, mean), change.cell(difference), interval);
    }

    private static List<String> regionNames() {
        return Stream.concat(
                        Stream.of(TumorRegion.values()).map(TumorRegion::label),
                        Stream.of(ComparisonCsv.AVERAGE))
                .toList();
    }
}
