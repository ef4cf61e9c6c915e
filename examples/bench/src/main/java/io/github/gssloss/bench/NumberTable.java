/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Prints a table after a blank line: a name, then numbers with one digit after the point. */
final class NumberTable {

    private static final int NAME = -44;
    private static final int LEAST = 9;

    private final PrintWriter out;
    private final int[] widths;

    /**
     * Prints the header.
     *
     * @param out where to
     * @param names the header of the names
     * @param columns the headers of the numbers
     */
    NumberTable(PrintWriter out, String names, String... columns) {
        this.out = out;
        widths = Arrays.stream(columns).mapToInt(c -> Math.max(LEAST, c.length() + 2)).toArray();
        out.println();
        cells(names, columns);
    }

    /**
     * Prints the medians of parts and of whole runs, and the least of these, a column for each
     * contender.
     *
     * @param out where to
     * @param names the header of the names
     * @param times by contender
     * @param parts the rows before the whole run
     * @param run the word for one run
     */
    static void ofParts(
            PrintWriter out,
            String names,
            Map<String, Stopwatch> times,
            List<String> parts,
            String run) {
        NumberTable table = new NumberTable(out, names, times.keySet().toArray(String[]::new));
        parts.forEach(part -> table.row(part, each(times.values(), watch -> watch.median(part))));
        table.row("whole " + run, each(times.values(), Stopwatch::median));
        table.row("least of all " + run + "s", each(times.values(), Stopwatch::least));
    }

    private static double[] each(Collection<Stopwatch> times, ToDoubleFunction<Stopwatch> number) {
        return times.stream().mapToDouble(number).toArray();
    }

    /** Prints a row; NaN leaves its cell blank. */
    void row(String name, double... numbers) {
        cells(
                name,
                DoubleStream.of(numbers)
                        .mapToObj(x -> Double.isNaN(x) ? "" : String.format(Locale.ROOT, "%.1f", x))
                        .toArray(String[]::new));
    }

    /** Prints a row as it is given. */
    void cells(String name, String... cells) {
        StringBuilder line = new StringBuilder(padded(name, NAME));
        for (int i = 0; i < cells.length; i++) {
            line.append(padded(cells[i], widths[i]));
        }
        out.println(line.toString().stripTrailing());
    }

    private static String padded(String text, int width) {
        return String.format("%" + width + "s", text);
    }
}
