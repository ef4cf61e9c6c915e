/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/** A loss of class probabilities against labels, which may share the labels of other losses. */
abstract class TaskLoss extends Loss {

    TaskLoss(String name) {
        super(name);
    }

    /**
     * Compares probabilities with labels of the same shape.
     *
     * @return a scalar on the manager of the probabilities, with gradient
     */
    abstract NDArray evaluate(TaskLabels labels, NDArray probabilities);

    /**
     * Returns the loss of a batch.
     *
     * @param labels first: class indices (B, spatial...) of any numeric type, or one-hot (B, N,
     *     spatial...)
     * @param predictions first: class probabilities (B, N, spatial...)
     * @return a scalar
     * @throws IllegalArgumentException if the shapes do not fit
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray probabilities = LossArguments.requireFirst("predictions", predictions);
        NDArray classes = LossArguments.requireFirst("labels", labels);
        if (probabilities.getShape().dimension() < 2) {
            throw new IllegalArgumentException(
                    "predictions 0: expected class probabilities (batch, classes, spatial...), got "
                            + probabilities.getShape());
        }
        try (TaskLabels taskLabels = TaskLabels.of(classes, probabilities)) {
            return evaluate(taskLabels, probabilities);
        }
    }
}
