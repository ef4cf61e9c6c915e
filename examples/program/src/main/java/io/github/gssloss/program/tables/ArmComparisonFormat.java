/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.core.TumorRegion;
import io.github.gssloss.imaging.compare.ArmComparison;
import io.github.gssloss.imaging.compare.ArmDifference;
import io.github.gssloss.imaging.compare.Bootstrap;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An {@link ArmComparison} as text. */
public final class ArmComparisonFormat {

    private static final List<String> COLUMNS =
            List.of(
                    "arm",
                    "metric",
                    "subset",
                    "region",
                    "seeds",
                    "cases",
                    "first",
                    "mean",
                    "difference",
                    "low",
                    "high",
                    "resamples");

    private final ArmComparison comparison;
    private final String first;

    /**
     * Creates the format of a comparison.
     *
     * @param comparison the arms beside each other
     */
    public ArmComparisonFormat(ArmComparison comparison) {
        this.comparison = comparison;
        first = comparison.names().get(0);
    }

    /**
     * Returns all differences as comma-separated values in full precision, with the columns {@code
     * arm,metric,subset,region,seeds,cases,first,mean,difference,low,high,resamples}. The subset
     * {@code mean} and the region {@code average} stand for all together; low and high are empty
     * where there is a single seed with a single case.
     *
     * @return lines that end with a line feed
     */
    public String csv() {
        List<List<Object>> rows = new ArrayList<>();
        for (ArmDifference one : comparison.differences()) {
            rows.add(
                    List.of(
                            one.arm(),
                            one.metric().label(),
                            one.subset().map(ModalitySubset::label).orElse("mean"),
                            DifferenceText.label(one.region()),
                            one.seeds(),
                            one.cases(),
                            one.first(),
                            one.mean(),
                            one.difference(),
                            one.interval().<Object>map(i -> i.low()).orElse(""),
                            one.interval().<Object>map(i -> i.high()).orElse(""),
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
        TextTable table = new TextTable(1, DifferenceText.header("arm", "seeds"));
        regions(Metric.DICE).forEach(table::add);
        return Metric.DICE.title() + "\n\n" + String.join("\n", table.lines()) + "\n";
    }

    /**
     * Says what the numbers and their intervals are.
     *
     * @return sentences
     */
    public String explanation() {
        String means = "An arm's means are over its seeds, the cases and the subsets.";
        if (comparison.differences().isEmpty()) {
            return means;
        }
        return means
                + " A difference to "
                + first
                + " is the mean over the seeds and cases that both have, paired by seed, case,"
                + " subset and region. Its 95 % interval, in brackets, comes from a percentile"
                + " bootstrap of "
                + Bootstrap.RESAMPLES
                + " resamples, each of which draws as many seeds and as many cases as there are,"
                + " with replacement and independently of each other"
                + single();
    }

    /** What an interval over one seed or one case leaves out. */
    private String single() {
        int seeds = most(ArmDifference::seeds);
        int cases = most(ArmDifference::cases);
        if (seeds == 1 && cases == 1) {
            return "; a single seed with a single case has none.";
        }
        if (seeds == 1) {
            return "; with a single seed it says nothing about other seeds.";
        }
        return cases == 1 ? "; with a single case it says nothing about other cases." : ".";
    }

    private int most(Function<ArmDifference, Integer> count) {
        return comparison.differences().stream().map(count).max(Integer::compare).orElseThrow();
    }

    /**
     * Returns the comparison in Markdown: every metric by region, Dice by seed, then Dice by
     * subset.
     *
     * @return lines that end with a line feed
     */
    public String markdown() {
        StringBuilder text = new StringBuilder(explanation()).append('\n');
        for (Metric metric : Metric.values()) {
            text.append("\n").append(metric.title()).append("\n\n");
            MarkdownTable table = new MarkdownTable(1, DifferenceText.header("arm", "seeds"));
            regions(metric).forEach(table::add);
            text.append(table);
        }
        seeds(text);
        for (Optional<TumorRegion> region : ArmComparison.regions()) {
            text.append("\n").append(Metric.DICE.title()).append(", ");
            text.append(DifferenceText.label(region)).append("\n\n");
            text.append(subsets(region));
        }
        return text.toString();
    }

    /** A row for each arm and for each difference to the first, by region. */
    private List<List<String>> regions(Metric metric) {
        List<List<String>> rows = new ArrayList<>();
        for (String arm : comparison.names()) {
            List<String> means = row(arm, comparison.seeds(arm).size());
            List<String> changes = new ArrayList<>();
            for (Optional<TumorRegion> region : ArmComparison.regions()) {
                means.add(metric.text(comparison.mean(arm, metric, region)));
                comparison
                        .difference(arm, metric, Optional.empty(), region)
                        .ifPresent(one -> addChange(changes, one));
            }
            rows.add(means);
            if (!changes.isEmpty()) {
                rows.add(changes);
            }
        }
        return rows;
    }

    private void addChange(List<String> row, ArmDifference one) {
        if (row.isEmpty()) {
            row.addAll(row(one.arm() + " - " + first, one.seeds()));
        }
        row.add(withInterval(one));
    }

    private static List<String> row(String name, int seeds) {
        return new ArrayList<>(List.of(name, Integer.toString(seeds)));
    }

    /** The average Dice of every cell. */
    private void seeds(StringBuilder text) {
        List<String> header = new ArrayList<>(List.of("arm"));
        comparison.seeds().forEach(seed -> header.add("seed " + seed));
        MarkdownTable table = new MarkdownTable(1, header);
        for (String arm : comparison.names()) {
            List<String> row = new ArrayList<>(List.of(arm));
            for (long seed : comparison.seeds()) {
                row.add(comparison.mean(arm, seed, Metric.DICE).map(Metric.DICE::text).orElse(""));
            }
            table.add(row);
        }
        text.append("\n").append(Metric.DICE.title()).append(", average, by seed\n\n");
        text.append(table);
    }

    private MarkdownTable subsets(Optional<TumorRegion> region) {
        return DifferenceText.subsets(
                comparison.names(),
                comparison.subsets(),
                (arm, subset) ->
                        comparison
                                .mean(arm, Metric.DICE, subset, region)
                                .map(Metric.DICE::text)
                                .orElse(""),
                (arm, subset) ->
                        comparison
                                .difference(arm, Metric.DICE, Optional.of(subset), region)
                                .map(ArmComparisonFormat::withInterval)
                                .orElse(""));
    }

    private static String withInterval(ArmDifference one) {
        return DifferenceText.withInterval(one.metric(), one.difference(), one.interval());
    }
}
