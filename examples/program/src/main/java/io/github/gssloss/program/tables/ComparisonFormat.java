/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.compare.Bootstrap;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A {@link Comparison} as text: of runs, or of the arms of an experiment with their seeds. */
public final class ComparisonFormat {

    private static final Optional<ModalitySubset> ALL_SUBSETS = Optional.empty();

    private final Comparison comparison;
    private final boolean ofArms;

    private ComparisonFormat(Comparison comparison, boolean ofArms) {
        this.comparison = comparison;
        this.ofArms = ofArms;
    }

    /**
     * Creates the format of a comparison of runs.
     *
     * @param comparison what {@link Comparison#ofRuns} returned
     * @return tables of runs, without seeds
     */
    public static ComparisonFormat ofRuns(Comparison comparison) {
        return new ComparisonFormat(comparison, false);
    }

    /**
     * Creates the format of a comparison of arms.
     *
     * @param comparison the arms of an experiment
     * @return tables of arms, with their seeds
     */
    public static ComparisonFormat ofArms(Comparison comparison) {
        return new ComparisonFormat(comparison, true);
    }

    /**
     * Returns the differences as comma-separated values in full precision, with the columns {@code
     * run,metric,subset,region,cases,first,mean,difference,low,high,resamples}, of arms {@code
     * arm,metric,subset,region,seeds,cases,first...}. The subset {@code mean} and the region {@code
     * average} stand for all together; low and high are empty where there is a single seed with a
     * single case. Of runs every metric is there with every subset, of arms Dice alone.
     *
     * @return lines that end with a line feed
     */
    public String csv() {
        List<String> header = new ArrayList<>(List.of(what(), "metric", "subset", "region"));
        header.addAll(ofArms ? List.of("seeds", "cases") : List.of("cases"));
        header.addAll(List.of("first", "mean", "difference", "low", "high", "resamples"));
        Table table = new Table(1, header);
        for (String name : comparison.others()) {
            for (Metric metric : Metric.values()) {
                for (Optional<ModalitySubset> subset : subsetsInCsv(metric)) {
                    for (Optional<TumorRegion> region : Comparison.regions()) {
                        comparison
                                .difference(name, metric, subset, region)
                                .map(one -> csvRow(name, metric, subset, region, one))
                                .ifPresent(table::add);
                    }
                }
            }
        }
        return table.csv();
    }

    private List<Optional<ModalitySubset>> subsetsInCsv(Metric metric) {
        Stream<ModalitySubset> each =
                ofArms && metric != Metric.DICE ? Stream.empty() : comparison.subsets().stream();
        return Stream.concat(each.map(Optional::of), Stream.of(ALL_SUBSETS)).toList();
    }

    private List<Object> csvRow(
            String name,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<TumorRegion> region,
            Difference one) {
        List<Object> row = new ArrayList<>(List.of(name, metric.label()));
        row.add(subset.map(ModalitySubset::label).orElse("mean"));
        row.add(label(region));
        row.addAll(ofArms ? List.of(one.seeds(), one.cases()) : List.of(one.cases()));
        row.addAll(List.of(one.first(), one.mean(), one.difference()));
        row.add(one.interval().<Object>map(Interval::low).orElse(""));
        row.add(one.interval().<Object>map(Interval::high).orElse(""));
        row.add(one.interval().isPresent() ? Bootstrap.RESAMPLES : 0);
        return row;
    }

    /**
     * Returns the Dice of the regions for a console.
     *
     * @return lines that end with a line feed
     */
    public String text() {
        String title = Metric.DICE.title() + (ofArms ? "" : ", " + IntervalText.ofRuns(comparison));
        return title + "\n\n" + String.join("\n", regions(Metric.DICE).lines()) + "\n";
    }

    /**
     * Says what the numbers and their intervals are.
     *
     * @return one or more sentences
     */
    public String explanation() {
        return ofArms
                ? IntervalText.ofArms(comparison)
                : "Means over the cases and subsets; " + IntervalText.ofRuns(comparison);
    }

    /**
     * Returns the comparison in Markdown: every metric by region, of arms Dice by seed, then Dice
     * by subset.
     *
     * @return lines that end with a line feed
     */
    public String markdown() {
        StringBuilder text = new StringBuilder(explanation()).append('\n');
        for (Metric metric : Metric.values()) {
            append(text, metric.title(), regions(metric));
        }
        if (ofArms) {
            append(text, Metric.DICE.title() + ", average, by seed", seeds());
        }
        for (Optional<TumorRegion> region : Comparison.regions()) {
            append(text, Metric.DICE.title() + ", " + label(region), subsets(region));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String title, Table table) {
        text.append('\n').append(title).append("\n\n").append(table.markdown());
    }

    /** A row for each arm and for each difference to the first, by region. */
    private Table regions(Metric metric) {
        Table table = new Table(1, row(what(), "seeds", ComparisonFormat::label));
        for (String name : comparison.names()) {
            String seeds = Integer.toString(comparison.seeds(name).size());
            table.add(row(name, seeds, region -> mean(name, metric, ALL_SUBSETS, region)));
            comparison
                    .difference(name, metric, ALL_SUBSETS, Optional.empty())
                    .map(
                            one ->
                                    row(
                                            name + " - " + comparison.first(),
                                            Integer.toString(one.seeds()),
                                            region -> change(name, metric, ALL_SUBSETS, region)))
                    .ifPresent(table::add);
        }
        return table;
    }

    private List<String> row(
            String name, String seeds, Function<Optional<TumorRegion>, String> cell) {
        List<String> row = new ArrayList<>(ofArms ? List.of(name, seeds) : List.of(name));
        Comparison.regions().stream().map(cell).forEach(row::add);
        return row;
    }

    /** The average Dice of every seed. */
    private Table seeds() {
        List<String> header = new ArrayList<>(List.of("arm"));
        comparison.seeds().forEach(seed -> header.add("seed " + seed));
        Table table = new Table(1, header);
        for (String arm : comparison.names()) {
            List<String> row = new ArrayList<>(List.of(arm));
            for (long seed : comparison.seeds()) {
                row.add(number(Metric.DICE, comparison.mean(arm, seed, Metric.DICE)));
            }
            table.add(row);
        }
        return table;
    }

    /** A row for each subset: the first arm, then each other one with its difference to it. */
    private Table subsets(Optional<TumorRegion> region) {
        String first = comparison.first();
        List<String> header = new ArrayList<>();
        Stream.of(Modality.values()).map(Modality::label).forEach(header::add);
        header.add(first);
        comparison.others().forEach(name -> header.addAll(List.of(name, name + " - " + first)));
        Table table = new Table(Modality.values().length, header);
        for (ModalitySubset subset : comparison.subsets()) {
            List<String> row = new ArrayList<>();
            for (Modality modality : Modality.values()) {
                row.add(ScoreTableFormat.circle(subset.contains(modality)));
            }
            row.add(mean(first, Metric.DICE, Optional.of(subset), region));
            for (String name : comparison.others()) {
                row.add(mean(name, Metric.DICE, Optional.of(subset), region));
                row.add(change(name, Metric.DICE, Optional.of(subset), region));
            }
            table.add(row);
        }
        return table;
    }

    /** The mean of an arm over all that it has, that of a run over the cases compared. */
    private String mean(
            String name,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<TumorRegion> region) {
        if (ofArms) {
            return number(metric, comparison.mean(name, metric, subset, region));
        }
        boolean first = name.equals(comparison.first());
        return comparison
                .difference(first ? comparison.others().get(0) : name, metric, subset, region)
                .map(one -> metric.text(first ? one.first() : one.mean()))
                .orElse("");
    }

    /** A difference with its sign, and its interval where it has one. */
    private String change(
            String name,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<TumorRegion> region) {
        Optional<Difference> found = comparison.difference(name, metric, subset, region);
        String text = found.map(one -> metric.text(one.difference())).orElse("");
        String ends =
                found.flatMap(Difference::interval)
                        .map(i -> " [" + metric.text(i.low()) + ", " + metric.text(i.high()) + "]")
                        .orElse("");
        return (text.isEmpty() || text.startsWith("-") ? "" : "+") + text + ends;
    }

    private String what() {
        return ofArms ? "arm" : "run";
    }

    private static String number(Metric metric, double mean) {
        return Double.isNaN(mean) ? "" : metric.text(mean);
    }

    static String label(Optional<TumorRegion> region) {
        return region.map(TumorRegion::label).orElse("average");
    }
}
