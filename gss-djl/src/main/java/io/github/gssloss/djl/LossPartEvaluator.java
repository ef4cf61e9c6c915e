/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/** One part of a {@link GssLoss} as an evaluator, for metrics and the progress line. */
final class LossPartEvaluator extends Loss {

    private final GssLoss loss;
    private final GssLoss.Part part;

    LossPartEvaluator(GssLoss loss, GssLoss.Part part) {
        super(part.label());
        this.loss = loss;
        this.part = part;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        if (!loss.isLast(predictions)) {
            loss.evaluate(labels, predictions).close();
        }
        return loss.lastPart(part);
    }
}
