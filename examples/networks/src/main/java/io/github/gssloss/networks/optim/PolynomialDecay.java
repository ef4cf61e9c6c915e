/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.optim;

import ai.djl.training.tracker.Tracker;

/**
 * The learning rate of the paper: base * (1 - epoch / epochs)^0.9, the same for all steps of an
 * epoch. Epochs count from 0; after the last one the rate stays 0.
 */
public final class PolynomialDecay implements Tracker {

    private static final double POWER = 0.9;

    private final double base;
    private final int epochs;
    private final int stepsPerEpoch;

    /**
     * Creates the schedule.
     *
     * @param base the rate of the first epoch, positive
     * @param epochs the number of epochs, at least 1
     * @param stepsPerEpoch the updates in an epoch, at least 1
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public PolynomialDecay(double base, int epochs, int stepsPerEpoch) {
        if (!(base > 0) || Double.isInfinite(base)) {
            throw new IllegalArgumentException("base: expected a positive rate, got " + base);
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs: expected at least 1, got " + epochs);
        }
        if (stepsPerEpoch < 1) {
            throw new IllegalArgumentException(
                    "stepsPerEpoch: expected at least 1, got " + stepsPerEpoch);
        }
        this.base = base;
        this.epochs = epochs;
        this.stepsPerEpoch = stepsPerEpoch;
    }

    /**
     * Returns the rate of an update.
     *
     * @param numUpdate the update, from 1 as DJL's optimisers count
     * @return the learning rate
     */
    @Override
    public float getNewValue(int numUpdate) {
        int epoch = Math.min((numUpdate - 1) / stepsPerEpoch, epochs);
        return (float) (base * Math.pow(1 - (double) epoch / epochs, POWER));
    }
}
