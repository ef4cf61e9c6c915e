/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

import java.util.Locale;

/** How results are written. */
final class Format {

    private Format() {}

    /** A line {@code ratio NAME VALUE}. */
    static String ratio(String name, double value, int digits) {
        return String.format(Locale.ROOT, "ratio %s %." + digits + "f", name, value);
    }

    /** A number with one digit after the point. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
