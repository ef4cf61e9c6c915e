/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import java.util.List;
import java.util.Optional;

/**
 * What the report of an experiment shows beside its scores.
 *
 * @param name what the experiment is called
 * @param data the cases trained on, in words
 * @param judge the cases judged on, in words
 * @param arms the arms in their order
 * @param runs every run, finished or not
 */
public record ExperimentFacts(
        String name, String data, String judge, List<Arm> arms, List<Run> runs) {

    /** The state of a run that was trained and judged. */
    public static final String FINISHED = "finished";

    /** The state of a run that failed. */
    public static final String FAILED = "failed";

    /** The state of a run that is still to be done. */
    public static final String WAITING = "waiting";

    /**
     * An arm.
     *
     * @param name its name
     * @param settings what it adds to the common settings, a line for each
     */
    public record Arm(String name, List<String> settings) {}

    /**
     * A run.
     *
     * @param arm its arm
     * @param seed its seed
     * @param state one of the three above
     * @param dice the average Dice; empty where it has none
     * @param trainSeconds the wall time of its training
     * @param judgeSeconds the wall time of its judgement
     * @param failure why it failed; empty: it did not
     */
    public record Run(
            String arm,
            long seed,
            String state,
            Optional<Double> dice,
            double trainSeconds,
            double judgeSeconds,
            String failure) {}
}
