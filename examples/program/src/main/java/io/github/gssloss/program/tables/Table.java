/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import io.github.gssloss.files.SpreadsheetText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A table as plain text, in Markdown or as comma-separated values. */
public final class Table {

    private final int names;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Creates a table.
     *
     * @param names the number of columns that name their row: aligned to the left in plain text and
     *     centred in Markdown; the others are to the right
     * @param header the names of the columns, or lists of names
     */
    public Table(int names, Object... header) {
        this.names = names;
        rows.add(flat(header));
    }

    /**
     * Adds a row.
     *
     * @param cells cells or lists of cells, together as many as the header has
     * @throws IllegalArgumentException if there are more or fewer cells
     */
    public void add(Object... cells) {
        List<String> row = flat(cells);
        int columns = rows.get(0).size();
        if (row.size() != columns) {
            throw new IllegalArgumentException(
                    "row: expected " + columns + " cells, got " + row.size());
        }
        rows.add(row);
    }

    private static List<String> flat(Object... cells) {
        return Stream.of(cells)
                .flatMap(cell -> cell instanceof List<?> some ? some.stream() : Stream.of(cell))
                .map(Object::toString)
                .toList();
    }

    /**
     * Returns the lines of the table in plain text, the header first: columns of one width, two
     * spaces apart.
     *
     * @return the lines, without spaces at their ends
     */
    public List<String> lines() {
        List<List<String>> shown = rows.stream().map(row -> printable(row)).toList();
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : shown) {
            Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length()));
        }
        return shown.stream().map(row -> line(row, widths)).toList();
    }

    /** A name from a file may hold line ends, or what a terminal takes for commands. */
    private static List<String> printable(List<String> row) {
        return row.stream().map(Table::printable).toList();
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blank = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : "  ");
            line.append(i < names ? row.get(i) + blank : blank + row.get(i));
        }
        return line.toString().stripTrailing();
    }

    /**
     * Returns the table in Markdown.
     *
     * @return lines that end with a line feed
     */
    public String markdown() {
        List<String> alignment =
                IntStream.range(0, rows.get(0).size())
                        .mapToObj(i -> i < names ? ":-:" : "--:")
                        .toList();
        return Stream.of(rows.subList(0, 1), List.of(alignment), rows.subList(1, rows.size()))
                .flatMap(List::stream)
                .map(row -> "| " + String.join(" | ", escaped(row)) + " |\n")
                .collect(Collectors.joining());
    }

    /** No cell ends its column or begins markup. */
    private static List<String> escaped(List<String> row) {
        return row.stream().map(Table::inMarkdown).toList();
    }

    /**
     * Returns text of others as it stands in Markdown, in a table or outside: it begins no markup
     * of HTML, ends no column and no line.
     *
     * @param text the text
     * @return the text, escaped
     */
    public static String inMarkdown(String text) {
        return printable(text)
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("&", "&amp;")
                .replace("<", "&lt;");
    }

    /**
     * Returns the table as comma-separated values: names that a spreadsheet would take for formulas
     * as {@link SpreadsheetText} has them.
     *
     * @return lines that end with a line feed, the header first
     */
    public String csv() {
        StringWriter text = new StringWriter();
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (List<String> row : rows) {
                printer.printRecord(row.stream().map(SpreadsheetText::cell));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
