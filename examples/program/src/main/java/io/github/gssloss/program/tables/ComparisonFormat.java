/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.compare.ArmComparison;
import io.github.gssloss.imaging.compare.Bootstrap;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A {@link Comparison} as text. */
public final class ComparisonFormat {

    private static final List<String> COLUMNS =
            List.of(
                    "run",
                    "metric",
                    "subset",
                    "region",
                    "cases",
                    "first",
                    "mean",
                    "difference",
                    "low",
                    "high",
                    "resamples");

    private final String first;
    private final List<String> others;
    private final List<Difference> differences;

    /**
     * Creates the format of a comparison.
     *
     * @param comparison the runs beside each other
     */
    public ComparisonFormat(Comparison comparison) {
        List<String> names = comparison.names();
        first = names.get(0);
        others = names.subList(1, names.size());
        differences = comparison.differences();
    }

    /**
     * Returns all differences as comma-separated values in full precision, with the columns {@code
     * run,metric,subset,region,cases,first,mean,difference,low,high,resamples}. The subset {@code
     * mean} and the region {@code average} stand for all together; low and high are empty where
     * there is a single case.
     *
     * @return lines that end with a line feed
     */
    public String csv() {
        List<List<Object>> rows = new ArrayList<>();
        for (Difference one : differences) {
            rows.add(
                    List.of(
                            one.run(),
                            one.metric().label(),
                            one.subset().map(ModalitySubset::label).orElse("mean"),
                            DifferenceText.label(one.region()),
                            one.cases(),
                            one.first(),
                            one.mean(),
                            one.difference(),
                            one.interval().map(Interval::low).<Object>map(x -> x).orElse(""),
                            one.interval().map(Interval::high).<Object>map(x -> x).orElse(""),
                            one.interval().isPresent() ? Bootstrap.RESAMPLES : 0));
        }
        return CsvText.of(COLUMNS, rows);
    }

    /**
     * Returns the Dice of the regions for a console.
     *
     * @return lines that end with a line feed
     */
    public String text() {
        TextTable table = new TextTable(1, DifferenceText.header("run"));
        regions(Metric.DICE).forEach(table::add);
        return Metric.DICE.title()
                + ", "
                + intervals()
                + "\n\n"
                + String.join("\n", table.lines())
                + "\n";
    }

    /**
     * Returns the comparison in Markdown: every metric by region, then Dice by subset.
     *
     * @return lines that end with a line feed
     */
    public String markdown() {
        StringBuilder text = new StringBuilder("Means over the cases and subsets; ");
        text.append(intervals()).append("\n");
        for (Metric metric : Metric.values()) {
            text.append("\n").append(metric.title()).append("\n\n");
            MarkdownTable table = new MarkdownTable(1, DifferenceText.header("run"));
            regions(metric).forEach(table::add);
            text.append(table);
        }
        for (Optional<TumorRegion> region : ArmComparison.regions()) {
            text.append("\n").append(Metric.DICE.title()).append(", ");
            text.append(DifferenceText.label(region)).append("\n\n");
            text.append(subsets(region));
        }
        return text.toString();
    }

    private String intervals() {
        int cases = differences.stream().mapToInt(Difference::cases).max().orElseThrow();
        return cases == 1
                ? "one case: no interval of the differences exists"
                : "in brackets the 95 % interval of the difference, a paired bootstrap over "
                        + cases
                        + " cases with "
                        + Bootstrap.RESAMPLES
                        + " resamples";
    }

    /** A row for each run and for each difference to the first run, by region. */
    private List<List<String>> regions(Metric metric) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(first, metric, others.get(0), one -> metric.text(one.first())));
        for (String run : others) {
            rows.add(row(run, metric, run, one -> metric.text(one.mean())));
            rows.add(row(run + " - " + first, metric, run, ComparisonFormat::withInterval));
        }
        return rows;
    }

    private List<String> row(
            String name, Metric metric, String run, Function<Difference, String> cell) {
        List<String> row = new ArrayList<>(List.of(name));
        for (Optional<TumorRegion> region : ArmComparison.regions()) {
            row.add(find(run, metric, Optional.empty(), region).map(cell).orElse(""));
        }
        return row;
    }

    private MarkdownTable subsets(Optional<TumorRegion> region) {
        List<String> names = new ArrayList<>(List.of(first));
        names.addAll(others);
        List<ModalitySubset> subsets =
                differences.stream().flatMap(one -> one.subset().stream()).distinct().toList();
        return DifferenceText.subsets(
                names,
                subsets,
                (run, subset) ->
                        run.equals(first)
                                ? cell(others.get(0), subset, region, this::firstMean)
                                : cell(run, subset, region, one -> Metric.DICE.text(one.mean())),
                (run, subset) -> cell(run, subset, region, ComparisonFormat::withInterval));
    }

    private String firstMean(Difference one) {
        return Metric.DICE.text(one.first());
    }

    private String cell(
            String run,
            ModalitySubset subset,
            Optional<TumorRegion> region,
            Function<Difference, String> text) {
        return find(run, Metric.DICE, Optional.of(subset), region).map(text).orElse("");
    }

    private Optional<Difference> find(
            String run,
            Metric metric,
            Optional<ModalitySubset> subset,
            Optional<TumorRegion> region) {
        return differences.stream()
                .filter(one -> one.run().equals(run) && one.metric() == metric)
                .filter(one -> one.subset().equals(subset) && one.region().equals(region))
                .findFirst();
    }

    private static String withInterval(Difference one) {
        return DifferenceText.withInterval(one.metric(), one.difference(), one.interval());
    }
}
