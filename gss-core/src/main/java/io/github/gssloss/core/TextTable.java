/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.List;

/** A table of text: the first column to the left, the others to the right. */
final class TextTable {

    private TextTable() {}

    /** Lays out rows of equal length; every line ends with a line feed. */
    static String of(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(row.get(0)).append(" ".repeat(width(rows, 0) - row.get(0).length()));
            for (int i = 1; i < row.size(); i++) {
                text.append("  ").append(" ".repeat(width(rows, i) - row.get(i).length()));
                text.append(row.get(i));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }
}
