/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

/** The checks of the settings' ranges, all with one form of message. */
final class Check {

    private Check() {}

    static void that(boolean holds, String name, String expected, Object got) {
        if (!holds) {
            throw new RangeException(name, expected, got);
        }
    }

    static void atLeast(String name, double value, double least) {
        boolean holds = value >= least && Double.isFinite(value);
        that(holds, name, "a number of at least " + plain(least), plain(value));
    }

    static void above(String name, double value, double bound) {
        boolean holds = value > bound && Double.isFinite(value);
        that(holds, name, "a number above " + plain(bound), plain(value));
    }

    static void share(String name, double value) {
        that(value >= 0 && value <= 1, name, "0 to 1", plain(value));
    }

    static void shareBelowOne(String name, double value) {
        that(value >= 0 && value < 1, name, "0 to below 1", plain(value));
    }

    /** Whole numbers without the fraction that the user did not write. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** A component outside its range; by its name the reader finds where it stood. */
    static final class RangeException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final String name;
        private final String problem;

        RangeException(String name, String expected, Object got) {
            super(name + ": expected " + expected + ", got " + got);
            this.name = name;
            this.problem = "expected " + expected + ", got " + got;
        }

        String name() {
            return name;
        }

        String problem() {
            return problem;
        }
    }
}
