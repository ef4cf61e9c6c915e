/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.bench;

/** How many threads the engine computes an operation with. */
public final class EngineThreads {

    private static final String PROPERTY = "ai.djl.pytorch.num_threads";

    private EngineThreads() {}

    /**
     * Sets the number. The engine reads it once, when it starts.
     *
     * @param threads at least 1
     */
    public static void set(int threads) {
        System.setProperty(PROPERTY, Integer.toString(threads));
    }

    /** The number that was set, or {@code all} where the engine takes what the machine has. */
    static String current() {
        return System.getProperty(PROPERTY, "all");
    }
}
