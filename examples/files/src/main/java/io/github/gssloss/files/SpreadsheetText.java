/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.util.regex.Pattern;

/**
 * Text as a cell of comma-separated values. A spreadsheet takes a cell that begins with {@code =},
 * {@code +}, {@code -} or {@code @} for a formula, which may start programs, and names of cases,
 * classes and runs come from files of others. Such text stands behind an apostrophe, the sign that
 * spreadsheets know for "text"; numbers stay as they are. See OWASP, "CSV Injection".
 */
public final class SpreadsheetText {

    private static final String APOSTROPHE = "'";
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r\\n].*", Pattern.DOTALL);
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+([.]\\d*)?([eE][+-]?\\d+)?|Infinity)");

    private SpreadsheetText() {}

    /**
     * Returns what to write into a cell.
     *
     * @param text the text
     * @return the text, behind an apostrophe where a spreadsheet would take it for a formula
     */
    public static String cell(String text) {
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches()
                ? APOSTROPHE + text
                : text;
    }

    /**
     * Returns the text that {@link #cell} made a cell of.
     *
     * @param cell the cell as it was read
     * @return the text
     */
    public static String text(String cell) {
        return cell.startsWith(APOSTROPHE) && FORMULA.matcher(cell).matches()
                ? cell.substring(1)
                : cell;
    }
}
