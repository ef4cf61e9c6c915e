/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

/** Something that is timed against others. */
@FunctionalInterface
interface Contender {

    /**
     * Runs once, a lap of the stopwatch for each part; what it does before a restart is not timed.
     */
    void run(Stopwatch watch);
}
