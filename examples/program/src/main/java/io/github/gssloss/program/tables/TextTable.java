/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in plain text: columns of one width, two spaces apart, the first ones to the left. */
public final class TextTable {

    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Creates a table.
     *
     * @param leftColumns how many columns are aligned to the left; the others are to the right
     * @param header the names of the columns
     */
    public TextTable(int leftColumns, List<String> header) {
        this.leftColumns = leftColumns;
        rows.add(List.copyOf(header));
    }

    /**
     * Adds a row.
     *
     * @param cells as many as the header has
     * @throws IllegalArgumentException if there are more or fewer cells
     */
    public void add(List<String> cells) {
        int columns = rows.get(0).size();
        if (cells.size() != columns) {
            throw new IllegalArgumentException(
                    "row: expected " + columns + " cells, got " + cells.size());
        }
        rows.add(List.copyOf(cells));
    }

    /**
     * Returns the lines of the table, the header first.
     *
     * @return the lines, without spaces at their ends
     */
    public List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length()));
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blank = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : "  ");
            line.append(i < leftColumns ? row.get(i) + blank : blank + row.get(i));
        }
        return line.toString().stripTrailing();
    }
}
