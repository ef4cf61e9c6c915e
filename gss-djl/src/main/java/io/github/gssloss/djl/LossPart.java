/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/** One part of a {@link GssLoss} as an evaluator, so that it reaches metrics and progress line. */
final class LossPart extends Loss {

    private final GssLoss whole;
    private final GssLoss.Part part;

    LossPart(GssLoss whole, GssLoss.Part part) {
        super(part.label());
        this.whole = whole;
        this.part = part;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        if (!whole.isLast(predictions)) {
            whole.evaluate(labels, predictions).close();
        }
        return whole.lastPart(part);
    }
}
