/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.evaluate;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.TextTable;
import io.github.gssloss.examples.data.Modality;
import io.github.gssloss.examples.evaluate.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A {@link Comparison} as text. */
final class ComparisonFormat {

    private static final String AVERAGE = "average";

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

    ComparisonFormat(List<String> names, List<Difference> differences) {
        first = names.get(0);
        others = names.subList(1, names.size());
        this.differences = differences;
    }

    String csv() {
        List<List<Object>> rows = new ArrayList<>();
        for (Difference one : differences) {
            rows.add(
                    List.of(
                            one.run(),
                            one.metric().label(),
                            one.subset().map(ModalitySubset::label).orElse("mean"),
                            one.region().map(TumorRegion::label).orElse(AVERAGE),
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

    String text() {
        TextTable table = new TextTable(1, header("run"));
        regions(Metric.DICE).forEach(table::add);
        return Metric.DICE.title()
                + ", "
                + intervals()
                + "\n\n"
                + String.join("\n", table.lines())
                + "\n";
    }

    String markdown() {
        StringBuilder text = new StringBuilder("Means over the cases and subsets; ");
        text.append(intervals()).append("\n");
        for (Metric metric : Metric.values()) {
            text.append("\n").append(metric.title()).append("\n\n");
            MarkdownTable table = new MarkdownTable(1, header("run"));
            regions(metric).forEach(table::add);
            text.append(table);
        }
        for (Optional<TumorRegion> region : regionsAndAverage()) {
            text.append("\n").append(Metric.DICE.title()).append(", ");
            text.append(region.map(TumorRegion::label).orElse(AVERAGE)).append("\n\n");
            subsets(text, region);
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

    private static List<String> header(String corner) {
        List<String> header = new ArrayList<>(List.of(corner));
        Stream.of(TumorRegion.values()).map(TumorRegion::label).forEach(header::add);
        header.add(AVERAGE);
        return header;
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
        for (Optional<TumorRegion> region : regionsAndAverage()) {
            row.add(find(run, metric, Optional.empty(), region).map(cell).orElse(""));
        }
        return row;
    }

    /**
     * A row for each subset, with the runs and their differences to the first beside each other.
     */
    private void subsets(StringBuilder text, Optional<TumorRegion> region) {
        List<String> header = new ArrayList<>();
        Stream.of(Modality.values()).map(Modality::label).forEach(header::add);
        header.add(first);
        others.forEach(run -> header.addAll(List.of(run, run + " - " + first)));
        MarkdownTable table = new MarkdownTable(Modality.values().length, header);
        List<ModalitySubset> subsets =
                differences.stream().flatMap(one -> one.subset().stream()).distinct().toList();
        for (ModalitySubset subset : subsets) {
            List<String> row = new ArrayList<>();
            for (Modality modality : Modality.values()) {
                row.add(ScoreTableFormat.circle(subset.contains(modality)));
            }
            row.add(cell(others.get(0), subset, region, one -> Metric.DICE.text(one.first())));
            for (String run : others) {
                row.add(cell(run, subset, region, one -> Metric.DICE.text(one.mean())));
                row.add(cell(run, subset, region, ComparisonFormat::withInterval));
            }
            table.add(row);
        }
        text.append(table);
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

    private static List<Optional<TumorRegion>> regionsAndAverage() {
        return Stream.concat(
                        Stream.of(TumorRegion.values()).map(Optional::of),
                        Stream.of(Optional.<TumorRegion>empty()))
                .toList();
    }

    private static String withInterval(Difference one) {
        Metric metric = one.metric();
        String difference = metric.text(one.difference());
        String interval =
                one.interval()
                        .map(i -> " [" + metric.text(i.low()) + ", " + metric.text(i.high()) + "]")
                        .orElse("");
        return (difference.startsWith("-") ? "" : "+") + difference + interval;
    }
}
