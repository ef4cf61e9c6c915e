/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.util.List;
import java.util.Locale;
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

    /** How far a run is. */
    public enum State {
        /** Trained and judged. */
        FINISHED,
        /** Tried in vain. */
        FAILED,
        /** Still to be done. */
        WAITING;

        /** Returns the word for tables. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
     * @param state how far it is
     * @param dice the average Dice; empty where it has none
     * @param trainSeconds the wall time of its training
     * @param judgeSeconds the wall time of its judgement
     * @param failure why it failed; empty: it did not
     */
    public record Run(
            String arm,
            long seed,
            State state,
            Optional<Double> dice,
            double trainSeconds,
            double judgeSeconds,
            String failure) {}
}
