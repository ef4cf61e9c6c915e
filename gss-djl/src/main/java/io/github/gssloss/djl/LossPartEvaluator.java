/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** One part of a {@link GssLoss} as an evaluator, for metrics and the progress line. */
final class LossPartEvaluator extends MeanEvaluator {

    private final GssLoss loss;
    private final String part;

    LossPartEvaluator(GssLoss loss, String part) {
        super(loss.getName() + "_" + part);
        this.loss = loss;
        this.part = part;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        return loss.accumulated(labels, predictions).part(part);
    }

    /** {@inheritDoc} */
    @Override
    double[] values(NDList labels, NDList predictions) {
        return new double[] {loss.accumulated(labels, predictions).read().of(part)};
    }
}
