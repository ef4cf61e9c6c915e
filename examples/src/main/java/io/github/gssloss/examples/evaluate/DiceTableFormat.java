/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.evaluate;

import io.github.gssloss.djl.TumorRegion;
import io.github.gssloss.examples.data.Modality;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A {@link DiceTable} as text: the same cells once aligned, once in Markdown. */
final class DiceTableFormat {

    private static final String FILLED = "\u25CF";
    private static final String EMPTY = "\u25CB";
    private static final int NUMBER_WIDTH = 11;

    private final DiceTable table;

    DiceTableFormat(DiceTable table) {
        this.table = table;
    }

    String text(Charset console) {
        boolean circles = console.newEncoder().canEncode(FILLED + EMPTY);
        List<List<String>> rows = rows(circles ? FILLED : "x", circles ? EMPTY : "-");
        StringBuilder text = new StringBuilder();
        int width = 0;
        for (List<String> row : rows) {
            String line = aligned(row);
            if (row == rows.get(1) || row == rows.get(rows.size() - 1)) {
                text.append("-".repeat(width)).append('\n');
            }
            width = line.length();
            text.append(line).append('\n');
        }
        return text.toString();
    }

    String markdown() {
        List<List<String>> rows = rows(FILLED, EMPTY);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
            if (row == rows.get(0)) {
                text.append("|");
                for (int i = 0; i < row.size(); i++) {
                    text.append(i < Modality.values().length ? " :-: |" : " --: |");
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String aligned(List<String> row) {
        Modality[] modalities = Modality.values();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            if (i < modalities.length) {
                // Two blanks between the columns, the mark below the middle of its name.
                int room = modalities[i].label().length() - cell.length();
                int before = Math.max(0, room / 2);
                line.append(" ".repeat(before)).append(cell);
                line.append(" ".repeat(Math.max(0, room - before) + 2));
            } else {
                line.append(" ".repeat(NUMBER_WIDTH - cell.length())).append(cell);
            }
        }
        return line.toString();
    }

    private List<List<String>> rows(String given, String missing) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                row(
                        Modality::label,
                        Stream.of(TumorRegion.values()).map(TumorRegion::label).toList(),
                        "average"));
        for (ModalitySubset subset : table.subsets()) {
            rows.add(
                    row(
                            modality -> subset.contains(modality) ? given : missing,
                            numbers(region -> table.mean(subset, region)),
                            percent(table.mean(subset))));
        }
        rows.add(
                row(
                        modality -> modality == Modality.values()[0] ? "mean" : "",
                        numbers(table::mean),
                        percent(table.mean())));
        return rows;
    }

    private static List<String> row(
            Function<Modality, String> modality, List<String> regions, String average) {
        List<String> row = new ArrayList<>();
        Stream.of(Modality.values()).map(modality).forEach(row::add);
        row.addAll(regions);
        row.add(average);
        return row;
    }

    private static List<String> numbers(ToDoubleFunction<TumorRegion> mean) {
        return Stream.of(TumorRegion.values())
                .map(region -> percent(mean.applyAsDouble(region)))
                .toList();
    }

    private static String percent(double score) {
        return String.format(Locale.ROOT, "%.1f", 100 * score);
    }
}
