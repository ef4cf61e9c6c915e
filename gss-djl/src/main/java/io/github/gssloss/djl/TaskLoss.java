/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import io.github.gssloss.core.ClassLabels;
import java.util.Arrays;
import java.util.OptionalInt;

/** A loss of class probabilities against labels, which may share the labels of other losses. */
abstract class TaskLoss extends Loss {

    private final OptionalInt ignoreIndex;
    private final double[] classWeights;

    TaskLoss(TaskLossBuilder<?> builder) {
        super(builder.name());
        ignoreIndex = builder.ignoreIndex();
        classWeights = builder.classWeights();
    }

    /**
     * Compares probabilities with labels of the same shape.
     *
     * @return a scalar with gradient, on the manager of the probabilities
     */
    abstract NDArray evaluate(TaskLabels labels, NDArray probabilities);

    /**
     * Returns the loss of a batch.
     *
     * @param labels labels 0: class indices (B, spatial...) or (B, 1, spatial...) of any numeric
     *     type, or one-hot (B, N, spatial...); others are not used
     * @param predictions predictions 0: class probabilities (B, N, spatial...), of any floating
     *     type; others are not used. Numbers outside [0, 1] are not refused and make the loss
     *     meaningless: {@link GssLoss.Builder#optProbabilitiesChecked} finds them in training
     * @return a scalar, float64 if the probabilities are, else float32
     * @throws IllegalArgumentException if the shapes do not fit, or there are other class weights
     *     than classes
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray given = LossArguments.requireFirst("predictions", predictions);
        NDArray classes = LossArguments.requireFirst("labels", labels);
        Shape shape = given.getShape();
        if (shape.dimension() < 2) {
            throw new IllegalArgumentException(
                    "predictions 0: expected class probabilities (batch, classes, spatial...), got "
                            + shape);
        }
        NDManager owner = given.getManager();
        try (NDManager work = owner.newSubManager()) {
            TemporaryAttachment.to(work, new NDList(given, classes));
            NDArray probabilities = AutogradConstants.promoted(given);
            DataType type = probabilities.getDataType();
            ClassLabels read = ClassLabels.of(classes, shape, ignoreIndex, work);
            NDArray loss = evaluate(TaskLabels.of(read, type), probabilities);
            loss.attach(owner);
            return loss;
        }
    }

    /** The weights of the classes, (1, N, 1, ...) with the axes of the probabilities; null if 1. */
    final NDArray weightOfVoxels(NDArray probabilities) {
        NDArray weights = classWeights(probabilities);
        if (weights == null) {
            return null;
        }
        long[] dims = new long[probabilities.getShape().dimension()];
        Arrays.fill(dims, 1);
        dims[1] = weights.size();
        return weights.reshape(new Shape(dims));
    }

    /** The weights of the classes, (N); null if all are 1. */
    final NDArray classWeights(NDArray probabilities) {
        if (classWeights.length == 0) {
            return null;
        }
        long classes = probabilities.getShape().get(1);
        if (classWeights.length != classes) {
            throw new IllegalArgumentException(
                    "classWeights: expected one for each of "
                            + classes
                            + " classes, got "
                            + classWeights.length);
        }
        // A copy in the engine's own memory, which autograd may point at: to the same type there is
        // none.
        NDArray weights = probabilities.getManager().create(classWeights).duplicate();
        return weights.toType(probabilities.getDataType(), false);
    }
}
