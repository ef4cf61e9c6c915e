/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.program.config.RunSettings;

/**
 * How long a run is, and where in it a step lies. Steps and epochs count over all rounds, from 0.
 *
 * @param epochs the epochs of a round
 * @param iterations the steps of an epoch
 * @param rounds how often the epochs are run
 */
public record RunLength(int epochs, int iterations, int rounds) {

    /**
     * Returns the length that settings give a run.
     *
     * @param settings the settings
     * @return the length
     */
    public static RunLength of(RunSettings settings) {
        return new RunLength(settings.epochs(), settings.iterations(), settings.rounds());
    }

    /**
     * Returns the steps of the whole run.
     *
     * @return their number
     */
    public long steps() {
        return stepsOfRound() * rounds;
    }

    /**
     * Returns the epochs of the whole run.
     *
     * @return their number
     */
    public int allEpochs() {
        return Math.multiplyExact(epochs, rounds);
    }

    /**
     * Returns the steps of a round.
     *
     * @return their number
     */
    public long stepsOfRound() {
        return (long) epochs * iterations;
    }

    /**
     * Returns the place of a step in its round: what optimiser and schedules count.
     *
     * @param step a step
     * @return from 0
     */
    public long inRound(long step) {
        return step % stepsOfRound();
    }

    /**
     * Returns the place of a step in its epoch.
     *
     * @param step a step
     * @return from 0
     */
    public int inEpoch(long step) {
        return Math.toIntExact(step % iterations);
    }

    /**
     * Returns the epoch of a step.
     *
     * @param step a step
     * @return from 0
     */
    public int epochOf(long step) {
        return Math.toIntExact(step / iterations);
    }
}
