/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.imaging.compare.Bootstrap;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Metric;
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
     * single case. Of runs every metric is there with every subset, of arms Dice alone. A column
     * {@code definition} follows where anything was measured by other than the usual settings.
     *
     * @return lines that end with a line feed
     */
    public String csv() {
        Table table =
                new Table(
                        1,
                        List.of(what(), "metric", "subset", "region"),
                        ofArms ? List.of("seeds", "cases") : "cases",
                        List.of("first", "mean", "difference", "low", "high", "resamples"),
                        ofChoice(ScoreTableFormat.DEFINITION));
        for (String name : comparison.others()) {
            for (Metric metric : comparison.metrics()) {
                Stream<ModalitySubset> subsets =
                        ofArms && metric != Metric.DICE
                                ? Stream.empty()
                                : comparison.subsets().stream();
                Stream.concat(subsets.map(Optional::of), Stream.of(ALL_SUBSETS))
                        .forEach(subset -> addRows(table, name, metric, subset));
            }
        }
        return table.csv();
    }

    private void addRows(Table csv, String name, Metric metric, Optional<ModalitySubset> subset) {
        for (Optional<Region> region : comparison.regions()) {
            Optional<Difference> found = comparison.difference(name, metric, subset, region);
            if (found.isPresent()) {
                Difference one = found.get();
                csv.add(
                        List.of(name, metric.label()),
                        List.of(subset.map(ModalitySubset::label).orElse("mean"), label(region)),
                        counted(one.seeds()),
                        List.of(one.cases(), one.first(), one.mean(), one.difference()),
                        ends(one.interval()),
                        ofChoice(comparison.settings().definition(metric)));
            }
        }
    }

    private static List<?> ends(Optional<Interval> interval) {
        return interval.<List<?>>map(i -> List.of(i.low(), i.high(), Bootstrap.RESAMPLES))
                .orElse(List.of("", "", 0));
    }

    /** A cell that is there where anything was measured by other than the usual settings. */
    private List<String> ofChoice(String cell) {
        boolean usual = comparison.settings().equals(MeasureSettings.USUAL);
        return usual ? List.of() : List.of(cell);
    }

    /** A cell that tables of arms have, and those of runs do not. */
    private List<?> counted(Object seeds) {
        return ofArms ? List.of(seeds) : List.of();
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
        String means =
                ofArms
                        ? IntervalText.ofArms(comparison)
                        : "Means over the cases and subsets; " + IntervalText.ofRuns(comparison);
        return means + (ofArms || notCompared().isEmpty() ? "" : ".") + notCompared();
    }

    /**
     * Says which metrics are not compared, as the runs or arms were not measured alike.
     *
     * @return a blank and a sentence; nothing where all are compared
     */
    public String notCompared() {
        List<String> different = comparison.differentMetrics();
        return different.isEmpty()
                ? ""
                : " Not compared, as measured differently: " + String.join("; ", different) + ".";
    }

    /**
     * Returns the comparison in Markdown: every metric by region, of arms Dice by seed, then Dice
     * by subset.
     *
     * @return lines that end with a line feed
     */
    public String markdown() {
        StringBuilder text = new StringBuilder(explanation()).append('\n');
        for (Metric metric : comparison.metrics()) {
            append(text, comparison.settings().title(metric), regions(metric));
        }
        if (ofArms) {
            append(text, Metric.DICE.title() + ", average, by seed", seeds());
        }
        for (Optional<Region> region : comparison.regions()) {
            append(text, Metric.DICE.title() + ", " + label(region), subsets(region));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String title, Table table) {
        text.append('\n').append(Table.inMarkdown(title)).append("\n\n");
        text.append(table.markdown());
    }

    /** A row for each arm and for each difference to the first, by region. */
    private Table regions(Metric metric) {
        Table table = new Table(1, what(), counted("seeds"), cells(ComparisonFormat::label));
        for (String name : comparison.names()) {
            table.add(
                    name,
                    counted(comparison.seeds(name).size()),
                    cells(region -> mean(name, metric, ALL_SUBSETS, region)));
            Optional<Difference> all =
                    comparison.difference(name, metric, ALL_SUBSETS, Optional.empty());
            if (all.isPresent()) {
                table.add(
                        name + " - " + comparison.first(),
                        counted(all.get().seeds()),
                        cells(region -> change(name, metric, ALL_SUBSETS, region)));
            }
        }
        return table;
    }

    private List<String> cells(Function<Optional<Region>, String> cell) {
        return comparison.regions().stream().map(cell).toList();
    }

    private Table seeds() {
        List<Long> seeds = comparison.seeds();
        Table table = new Table(1, "arm", seeds.stream().map(seed -> "seed " + seed).toList());
        for (String arm : comparison.names()) {
            Function<Long, String> dice =
                    seed -> number(Metric.DICE, comparison.mean(arm, seed, Metric.DICE));
            table.add(arm, seeds.stream().map(dice).toList());
        }
        return table;
    }

    private Table subsets(Optional<Region> region) {
        String first = comparison.first();
        List<String> modalities =
                comparison.subsets().get(0).all().stream().map(Modality::label).toList();
        Table table =
                new Table(
                        modalities.size(),
                        modalities,
                        first,
                        ofOthers(name -> Stream.of(name, name + " - " + first)));
        for (ModalitySubset subset : comparison.subsets()) {
            Optional<ModalitySubset> one = Optional.of(subset);
            List<String> cells =
                    ofOthers(
                            name ->
                                    Stream.of(
                                            mean(name, Metric.DICE, one, region),
                                            change(name, Metric.DICE, one, region)));
            String firstMean = mean(first, Metric.DICE, one, region);
            table.add(ScoreTableFormat.circles(subset), firstMean, cells);
        }
        return table;
    }

    private List<String> ofOthers(Function<String, Stream<String>> cells) {
        return comparison.others().stream().flatMap(cells).toList();
    }

    private String mean(
            String name, Metric metric, Optional<ModalitySubset> subset, Optional<Region> region) {
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
            String name, Metric metric, Optional<ModalitySubset> subset, Optional<Region> region) {
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

    static String label(Optional<Region> region) {
        return region.map(Region::label).orElse("average");
    }
}
