/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDList;
import ai.djl.training.evaluator.Evaluator;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An evaluator whose accumulators hold the mean of numbers of which a batch may give several. */
abstract class MeanEvaluator extends Evaluator {

    private final Map<String, Double> totals = new ConcurrentHashMap<>();

    MeanEvaluator(String name) {
        super(name);
    }

    /** The numbers of a batch, all of the same weight. */
    abstract double[] values(NDList labels, NDList predictions);

    /** {@inheritDoc} */
    @Override
    public final void addAccumulator(String key) {
        resetAccumulator(key);
    }

    /** {@inheritDoc} */
    @Override
    public final void updateAccumulator(String key, NDList labels, NDList predictions) {
        updateAccumulators(new String[] {key}, labels, predictions);
    }

    /** {@inheritDoc} */
    @Override
    public final void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        for (String key : LossArguments.requireNonNull("keys", keys)) {
            LossArguments.requireNonNull("key", key);
        }
        double[] values = values(labels, predictions);
        double sum = Arrays.stream(values).sum();
        for (String key : keys) {
            totals.merge(key, sum, Double::sum);
            totalInstances.merge(key, (long) values.length, Long::sum);
        }
    }

    /** {@inheritDoc} */
    @Override
    public final void resetAccumulator(String key) {
        LossArguments.requireNonNull("key", key);
        totals.put(key, 0.0);
        totalInstances.put(key, 0L);
    }

    /**
     * Returns the mean since the last reset.
     *
     * @param key the key of the accumulator
     * @return the mean, NaN if there is none
     * @throws IllegalArgumentException if no accumulator was added with the key
     */
    @Override
    public final float getAccumulator(String key) {
        Long number = totalInstances.get(LossArguments.requireNonNull("key", key));
        if (number == null) {
            throw new IllegalArgumentException(
                    getName() + ": no accumulator was added with the key " + key);
        }
        return number == 0 ? Float.NaN : (float) (totals.get(key) / number);
    }
}
