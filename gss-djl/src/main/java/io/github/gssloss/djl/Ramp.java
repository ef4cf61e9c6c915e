/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.training.tracker.Tracker;

/**
 * A value that moves from a first one to a last one over the first training batches, and stays
 * there: for a {@link LossSchedule}, most of all for &beta;, so that branches which know nothing
 * yet do not pull at each other. It depends on the number of the batch alone, so one object may be
 * shared and a resumed run goes on exactly.
 */
public final class Ramp implements Tracker {

    private static final double STEEPNESS = 5;

    private final double first;
    private final double last;
    private final long batches;
    private final boolean exponential;

    private Ramp(double first, double last, long batches, boolean exponential) {
        this.first = requireFinite("first", first);
        this.last = requireFinite("last", last);
        this.batches = LossArguments.requireAtLeast("batches", "a number of batches", batches, 1);
        this.exponential = exponential;
    }

    private static double requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number, got " + value);
        }
        return value;
    }

    /**
     * Returns a ramp in equal steps: first + (last - first) e / E, with e the number of training
     * batches before and E those of the ramp.
     *
     * @param first the value at the first training batch
     * @param last the value after the ramp
     * @param batches E, at least 1
     * @return the ramp
     * @throws IllegalArgumentException if a value is not finite, or there is no batch
     */
    public static Ramp linear(double first, double last, long batches) {
        return new Ramp(first, last, batches, false);
    }

    /**
     * Returns the ramp of the mean-teacher family: first + (last - first) exp(-5 (1 - e / E)<sup>
     * 2</sup>), with e the number of training batches before and E those of the ramp. It starts 0.7
     * % of the way from the first value to the last.
     *
     * @param first where the ramp starts
     * @param last the value after the ramp
     * @param batches E, at least 1
     * @return the ramp
     * @throws IllegalArgumentException if a value is not finite, or there is no batch
     */
    public static Ramp exponential(double first, double last, long batches) {
        return new Ramp(first, last, batches, true);
    }

    /** {@inheritDoc} */
    @Override
    public float getNewValue(int numUpdate) {
        double part = Math.min(1, (numUpdate - 1) / (double) batches);
        double way = exponential ? Math.exp(-STEEPNESS * (1 - part) * (1 - part)) : part;
        return (float) (first + (last - first) * way);
    }
}
