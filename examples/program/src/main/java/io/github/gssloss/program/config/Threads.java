/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.Map;
import java.util.Optional;

/** How many threads the engine computes an operation with. It reads this once, when it starts. */
public final class Threads {

    /** The system property of DJL's PyTorch engine. */
    public static final String PROPERTY = "ai.djl.pytorch.num_threads";

    /** What holds where no number is given, in words. */
    public static final String DEFAULT = "the processors less those of the workers, at least 1";

    private Threads() {}

    /**
     * Sets the number, before the engine starts. Where none is given, what the user has set
     * otherwise stays: the system property, or OpenMP's variable {@code OMP_NUM_THREADS}.
     *
     * @param given the number, at least 1; empty: the default
     * @param workers threads that prepare crops meanwhile, at least 0
     */
    public static void set(Optional<Integer> given, int workers) {
        if (given.isPresent()) {
            System.setProperty(PROPERTY, given.get().toString());
        } else if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, number(System.getenv(), workers));
        }
    }

    /** The default. */
    static String number(Map<String, String> environment, int workers) {
        String variable = environment.getOrDefault("OMP_NUM_THREADS", "");
        int free = Math.max(1, Runtime.getRuntime().availableProcessors() - workers);
        return variable.matches("[1-9]\\d{0,3}") ? variable : Integer.toString(free);
    }

    /**
     * Returns the number that was set.
     *
     * @return the number; {@code all} where the engine takes what the machine has
     */
    public static String current() {
        return System.getProperty(PROPERTY, "all");
    }
}
