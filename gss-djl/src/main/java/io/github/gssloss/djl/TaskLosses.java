/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Weighted cross entropy plus soft Dice of a network's outputs. */
final class TaskLosses {

    private final OutputLayout layout;
    private final WeightedCrossEntropyLoss crossEntropy = new WeightedCrossEntropyLoss();
    private final SoftDiceLoss dice = new SoftDiceLoss();

    TaskLosses(OutputLayout layout) {
        this.layout = layout;
    }

    NDArray of(TaskLabels labels, NDArray probabilities) {
        return crossEntropy
                .evaluate(labels, probabilities)
                .add(dice.evaluate(labels, probabilities));
    }

    /** The sum over branches, each in the samples that have its modality. */
    NDArray branches(TaskLabels taskLabels, NDList labels, NDList predictions) {
        NDList probabilities = layout.branchProbabilities(predictions);
        NDList losses = new NDList();
        for (int m = 0; m < probabilities.size(); m++) {
            losses.add(
                    labels.size() > 1
                            ? wherePresent(taskLabels, probabilities.get(m), labels.get(1), m)
                            : of(taskLabels, probabilities.get(m)));
        }
        return NDArrays.add(losses.toArray(new NDArray[0]));
    }

    private NDArray wherePresent(TaskLabels labels, NDArray branch, NDArray present, int m) {
        long[] dims = new long[branch.getShape().dimension()];
        Arrays.fill(dims, 1);
        dims[0] = branch.getShape().get(0);
        NDArray indicator =
                present.stopGradient()
                        .get(":, {}", m)
                        .neq(0)
                        .toType(branch.getDataType(), false)
                        .reshape(new Shape(dims));
        try (TaskLabels ofPresent = labels.of(indicator)) {
            // The Dice loss of an empty batch is 1, a constant: it is left out.
            return of(ofPresent, branch.mul(indicator)).mul(indicator.max());
        }
    }

    /** The sum over the auxiliary outputs, from zero on. */
    NDArray auxiliary(TaskLabels labels, NDList predictions, NDArray zero) {
        NDArray sum = zero;
        for (NDArray probabilities : layout.auxiliary(predictions)) {
            sum = sum.add(of(labels, probabilities));
        }
        return sum;
    }
}
