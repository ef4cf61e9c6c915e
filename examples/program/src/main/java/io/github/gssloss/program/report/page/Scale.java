/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where values stand along an axis of a chart.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}, above {@code low}
 * @param from a place in the chart
 * @param to another place
 * @param logarithmic whether equal factors, not equal differences, are equally far apart
 */
record Scale(double low, double high, double from, double to, boolean logarithmic) {

    private static final int MOST_TICKS = 9;

    /**
     * A named place on an axis.
     *
     * @param at the place
     * @param text the value
     */
    record Tick(String at, String text) {}

    static Scale linear(double low, double high, double from, double to) {
        return new Scale(low, high, from, to, false);
    }

    static Scale logarithmic(double low, double high, double from, double to) {
        return new Scale(low, high, from, to, true);
    }

    /** The place of a value, as SVG takes it. */
    String at(double value) {
        return place(from + (to - from) * (unit(value) - unit(low)) / (unit(high) - unit(low)));
    }

    /** A place or size as SVG takes it. */
    static String place(double pixels) {
        String text = String.format(Locale.ROOT, "%.1f", pixels);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Round values along the axis, not more than a reader wants. */
    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (double value : logarithmic ? roundFactors() : roundSteps()) {
            ticks.add(tick(value));
        }
        return ticks;
    }

    private Tick tick(double value) {
        String text = new BigDecimal(value).round(new MathContext(6)).toPlainString();
        boolean fraction = text.contains(".");
        return new Tick(at(value), fraction ? text.replaceAll("\\.?0+$", "") : text);
    }

    private double unit(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    /** 1, 2 and 5 of every decade, or the decades alone where these are enough. */
    private List<Double> roundFactors() {
        for (double[] digits : new double[][] {{1, 2, 5}, {1, 3}, {1}}) {
            List<Double> values = new ArrayList<>();
            for (int e = (int) Math.floor(unit(low)); e <= Math.ceil(unit(high)); e++) {
                for (double digit : digits) {
                    values.add(digit * Math.pow(10, e));
                }
            }
            values.removeIf(value -> value < low || value > high);
            if (values.size() < 3) {
                return roundSteps();
            }
            if (values.size() <= MOST_TICKS) {
                return values;
            }
        }
        return List.of(low, high);
    }

    /** Multiples of 1, 2 or 5 times a power of ten. */
    private List<Double> roundSteps() {
        double rough = (high - low) / (MOST_TICKS - 3);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power;
        for (double digit : new double[] {2, 5, 10}) {
            step = step < rough ? digit * power : step;
        }
        List<Double> values = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
            values.add(i * step);
        }
        return values;
    }
}
