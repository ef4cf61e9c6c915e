/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

/** The checks of settings that depend on each other, all with one form of message. */
final class Check {

    private Check() {}

    /** Refuses a component; by its name, which comes first, the reader finds where it stood. */
    static void that(boolean holds, String name, String expected, Object got) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s: expected %s, got %s".formatted(name, expected, got));
        }
    }
}
