/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A {@link ScoreTable} as text: the same cells aligned, in Markdown and comma-separated. Where some
 * cases lack modalities a last column has the number of cases of each row.
 */
public final class ScoreTableFormat {

    private static final String FILLED = "\u25CF";
    private static final String EMPTY = "\u25CB";
    private static final int NUMBER_WIDTH = 11;
    private static final String CASES = "cases";

    /** The column that says how a metric is defined where that is a choice. */
    static final String DEFINITION = "definition";

    private final ScoreTable table;

    /**
     * Creates the format of a table.
     *
     * @param table the means to show
     */
    public ScoreTableFormat(ScoreTable table) {
        this.table = table;
    }

    /**
     * Returns the means of a metric as an aligned table: one line per subset, a filled circle for
     * each modality given and an empty one for each missing. On a console that lacks the circles
     * {@code x} and {@code -} stand for them.
     *
     * @param metric what to show
     * @param console the console's encoding
     * @return lines that end with a line feed
     */
    public String text(Metric metric, Charset console) {
        boolean circles = console.newEncoder().canEncode(FILLED + EMPTY);
        List<String> lines = new ArrayList<>(List.of(aligned(header())));
        rows(metric, metric::text, circles ? FILLED : "x", circles ? EMPTY : "-")
                .forEach(row -> lines.add(aligned(row)));
        lines.add(lines.size() - 1, "-".repeat(lines.get(lines.size() - 2).length()));
        lines.add(1, "-".repeat(lines.get(0).length()));
        return String.join("\n", lines) + "\n";
    }

    /**
     * Returns the means as tables in Markdown, one for each metric.
     *
     * @return lines that end with a line feed
     */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (Metric metric : table.metrics()) {
            text.append(text.isEmpty() ? "" : "\n").append(markdown(metric));
        }
        return text.toString();
    }

    /**
     * Returns the means of a metric as a table in Markdown below its title.
     *
     * @param metric a metric of the table
     * @return lines that end with a line feed
     */
    public String markdown(Metric metric) {
        Table means = new Table(table.modalities().size(), header());
        rows(metric, metric::text, FILLED, EMPTY).forEach(means::add);
        return table.title(metric) + "\n\n" + means.markdown();
    }

    /**
     * Returns the means as comma-separated values in full precision, all metrics below each other,
     * with the columns {@code metric}, the modalities, the regions and {@code average}: a filled
     * circle for each modality given, an empty one for each missing, {@code mean} where the row is
     * the mean of the metric's subsets; then {@code cases} where some cases lack modalities, and
     * {@code definition} where anything was measured by other than the usual settings.
     *
     * @return lines that end with a line feed
     */
    public String csv() {
        boolean usual = table.settings().equals(MeasureSettings.USUAL);
        Table means = new Table(1, "metric", header(), usual ? List.of() : List.of(DEFINITION));
        for (Metric metric : table.metrics()) {
            List<String> definition = usual ? List.of() : List.of(table.note(metric));
            rows(metric, Double::toString, FILLED, EMPTY)
                    .forEach(row -> means.add(metric.label(), row, definition));
        }
        return means.csv();
    }

    /**
     * Returns a circle for each modality.
     *
     * @param subset the modalities that were given
     * @return filled for one of these, else empty
     */
    public static List<String> circles(ModalitySubset subset) {
        return subset.all().stream()
                .map(modality -> subset.contains(modality) ? FILLED : EMPTY)
                .toList();
    }

    private String aligned(List<String> row) {
        List<Modality> modalities = table.modalities();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            if (i < modalities.size()) {
                // Two blanks between the columns, the mark below the middle of its name.
                int room = modalities.get(i).label().length() - cell.length();
                int before = Math.max(0, room / 2);
                line.append(" ".repeat(before)).append(cell);
                line.append(" ".repeat(Math.max(0, room - before) + 2));
            } else {
                int width = Math.max(NUMBER_WIDTH, header().get(i).length() + 2);
                line.append(" ".repeat(Math.max(0, width - cell.length()))).append(cell);
            }
        }
        return line.toString().stripTrailing();
    }

    private List<String> header() {
        return row(Modality::label, ComparisonFormat::label, CASES);
    }

    private List<List<String>> rows(
            Metric metric, DoubleFunction<String> number, String given, String missing) {
        List<List<String>> rows = new ArrayList<>();
        for (ModalitySubset subset : table.subsets()) {
            rows.add(
                    row(
                            modality -> subset.contains(modality) ? given : missing,
                            region -> number.apply(table.mean(metric, Optional.of(subset), region)),
                            Integer.toString(table.cases(subset))));
        }
        rows.add(
                row(
                        modality -> modality.index() == 0 ? "mean" : "",
                        region -> number.apply(table.mean(metric, Optional.empty(), region)),
                        ""));
        return rows;
    }

    private List<String> row(
            Function<Modality, String> modality,
            Function<Optional<Region>, String> region,
            String cases) {
        return Stream.of(
                        table.modalities().stream().map(modality),
                        Comparison.withAverage(table.regions()).stream().map(region),
                        Stream.of(cases).filter(any -> !table.isComplete()))
                .flatMap(Function.identity())
                .toList();
    }
}
