/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the report of an experiment shows beside its scores.
 *
 * @param name what the experiment is called
 * @param trainedOn the cases trained on, in words
 * @param evaluatedOn the cases evaluated on, in words
 * @param arms the arms in their order
 * @param runs every run, finished or not
 */
public record ExperimentFacts(
        String name, String trainedOn, String evaluatedOn, List<Arm> arms, List<Run> runs) {

    /** How far a run is. */
    public enum State {
        /** Trained and evaluated. */
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
    public record Arm(String name, List<String> settings) {

        /** All its settings in one line. */
        String words() {
            return settings.isEmpty() ? "the common settings" : String.join("; ", settings);
        }
    }

    /**
     * A run.
     *
     * @param arm its arm
     * @param seed its seed
     * @param state how far it is
     * @param dice the average Dice; empty where it has none
     * @param trainSeconds the wall time of its training
     * @param evaluationSeconds the wall time of its evaluation
     * @param failure why it failed; empty: it did not
     */
    public record Run(
            String arm,
            long seed,
            State state,
            Optional<Double> dice,
            double trainSeconds,
            double evaluationSeconds,
            String failure) {

        /** The arm with the seed. */
        String words() {
            return arm + ", seed " + seed;
        }

        private double seconds() {
            return trainSeconds + evaluationSeconds;
        }

        String trainTime() {
            return time(trainSeconds);
        }

        String evaluationTime() {
            return time(evaluationSeconds);
        }
    }

    /** How many runs are finished, and how many failed. */
    String summary() {
        int failed = failures().size();
        return "%d of %d runs are finished%s. Wall time of all runs together: %s."
                .formatted(
                        runs.stream().filter(run -> run.state == State.FINISHED).count(),
                        runs.size(),
                        failed == 0 ? "" : ", " + failed + " failed",
                        time(runs.stream().mapToDouble(Run::seconds).sum()));
    }

    /** The failures, a line for each. */
    List<String> failures() {
        return runs.stream()
                .filter(run -> run.state == State.FAILED)
                .map(run -> run.words() + ": " + run.failure)
                .toList();
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole == 0) {
            return MetricText.NOTHING;
        }
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }
}
