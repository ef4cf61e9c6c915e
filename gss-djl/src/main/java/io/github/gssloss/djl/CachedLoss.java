/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import java.lang.ref.WeakReference;

/**
 * A loss that remembers the value of the last batch.
 *
 * <p>DJL evaluates the loss of a training batch, and then a second time to accumulate it for its
 * metrics: twice the work, and with another random mask another value. Accumulating the same
 * predictions takes the remembered value instead.
 */
abstract class CachedLoss extends Loss {

    private WeakReference<NDArray> lastPrediction = new WeakReference<>(null);
    private NDArray lastValue;
    private boolean accumulating;

    CachedLoss(String name) {
        super(name);
    }

    /** Computes the loss of a batch, with gradient. */
    abstract NDArray compute(NDList labels, NDList predictions);

    /**
     * Returns the loss of a batch.
     *
     * @param labels the labels
     * @param predictions the network's outputs
     * @return a scalar
     * @throws IllegalArgumentException if shapes or numbers do not fit
     */
    @Override
    public final NDArray evaluate(NDList labels, NDList predictions) {
        LossArguments.requireFirst("predictions", predictions);
        if (accumulating && isLast(predictions)) {
            return lastValue;
        }
        NDArray value = compute(labels, predictions);
        lastPrediction = new WeakReference<>(predictions.get(0));
        lastValue = value.stopGradient();
        return value;
    }

    /**
     * Whether these are the predictions of the last evaluation: the same array, not an equal one.
     */
    final boolean isLast(NDList predictions) {
        return predictions.get(0) == lastPrediction.get();
    }

    /** {@inheritDoc} */
    @Override
    public final void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        accumulating = true;
        try {
            super.updateAccumulators(keys, labels, predictions);
        } finally {
            accumulating = false;
        }
    }
}
