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

    NDArray of(Truth truth, NDArray probabilities) {
        return crossEntropy.evaluate(truth, probabilities).add(dice.evaluate(truth, probabilities));
    }

    /** The sum over branches, each in the samples that have its modality. */
    NDArray branches(Truth truth, NDList labels, NDList predictions) {
        NDList probabilities = layout.branchProbabilities(predictions);
        NDList losses = new NDList();
        for (int m = 0; m < probabilities.size(); m++) {
            losses.add(
                    labels.size() > 1
                            ? wherePresent(truth, probabilities.get(m), labels.get(1), m)
                            : of(truth, probabilities.get(m)));
        }
        return NDArrays.add(losses.toArray(new NDArray[0]));
    }

    private NDArray wherePresent(Truth truth, NDArray branch, NDArray present, int m) {
        long[] dims = new long[branch.getShape().dimension()];
        Arrays.fill(dims, 1);
        dims[0] = branch.getShape().get(0);
        NDArray there = present.stopGradient().get(":, {}", m).neq(0);
        NDArray here = there.toType(branch.getDataType(), false).reshape(new Shape(dims));
        try (Truth seen = truth.of(here)) {
            // Dice gives an empty batch 1, a constant: where nobody has the modality it is left
            // out.
            return of(seen, branch.mul(here)).mul(here.max());
        }
    }

    /** The sum over the auxiliary outputs, from zero on. */
    NDArray auxiliary(Truth truth, NDList predictions, NDArray zero) {
        NDArray sum = zero;
        for (NDArray probabilities : layout.auxiliary(predictions)) {
            sum = sum.add(of(truth, probabilities));
        }
        return sum;
    }
}
