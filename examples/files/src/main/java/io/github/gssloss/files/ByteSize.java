/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import java.util.List;
import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class ByteSize {

    private static final double STEP = 1000;
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");

    private ByteSize() {}

    /**
     * Writes a number of bytes in powers of 1000.
     *
     * @param bytes the number, at least 0
     * @return for example {@code 0.5 MB} or {@code 1.3 GB}
     */
    public static String text(long bytes) {
        double value = bytes / STEP;
        int unit = 0;
        while (value >= STEP - 0.5 && unit < UNITS.size() - 1) {
            value /= STEP;
            unit++;
        }
        String format = value < 9.95 ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, format, value, UNITS.get(unit));
    }
}
