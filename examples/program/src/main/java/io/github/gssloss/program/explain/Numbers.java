/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import java.util.Locale;

/** How numbers between 0 and 1 are written. */
final class Numbers {

    private static final int DIGITS = 4;
    private static final int ALL_DIGITS = 17;

    private Numbers() {}

    static String text(double value) {
        boolean small = value != 0 && Math.abs(value) < 1e-3;
        return String.format(Locale.ROOT, small ? "%.3e" : "%." + DIGITS + "f", value);
    }

    /** With as many digits as it takes to be seen on the right side of a threshold. */
    static String besides(double value, double threshold) {
        for (int digits = DIGITS; digits < ALL_DIGITS; digits++) {
            String text = String.format(Locale.ROOT, "%." + digits + "f", value);
            if (value == threshold || Double.parseDouble(text) != threshold) {
                return digits == DIGITS ? text(value) : text;
            }
        }
        return Double.toString(value);
    }

    /** A setting, as short as it goes. */
    static String setting(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
