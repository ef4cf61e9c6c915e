/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/** A {@link TrainerLoss} outside training. */
final class ValidationLoss extends Loss {

    private final TrainerLoss loss;

    ValidationLoss(TrainerLoss loss) {
        super(loss.getName());
        this.loss = loss;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        return loss.validated(labels, predictions);
    }
}
