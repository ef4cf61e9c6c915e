/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.explain;

import java.util.List;
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

    /** Two numbers, with as many digits as it takes to tell them apart where they differ. */
    static List<String> apart(double one, double other) {
        List<String> texts = List.of(text(one), text(other));
        for (int digits = DIGITS + 1; one != other && same(texts); digits++) {
            String format = digits < ALL_DIGITS ? "%." + digits + "f" : "%s";
            texts =
                    List.of(
                            String.format(Locale.ROOT, format, one),
                            String.format(Locale.ROOT, format, other));
        }
        return texts;
    }

    private static boolean same(List<String> texts) {
        return texts.get(0).equals(texts.get(1));
    }

    /** A setting, as short as it goes. */
    static String setting(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
