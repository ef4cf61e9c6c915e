/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

/** Something that is timed against others. */
@FunctionalInterface
interface Contender {

    /** Runs once and tells the stopwatch its parts; what it does before a restart is not timed. */
    void run(Stopwatch watch);
}
