/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * The probabilities of every branch: the only place where a softmax is taken of logits. The
 * branches of a block are one array, so that an operation that treats them alike is one.
 *
 * @param branches M
 * @param plain p = softmax(z), which is compared with the thresholds, (M B, N, V)
 * @param logTempered log q = log softmax(z / &tau;), (M B, N, V)
 * @param tempered q, of which votes and divergences are computed, (M B, N, V)
 */
record BranchProbabilities(int branches, NDArray plain, NDArray logTempered, NDArray tempered) {

    /**
     * Applies both softmaxes over the class axis 1.
     *
     * @param logits per branch (B, N, V)
     * @param temperature &tau;
     */
    static BranchProbabilities of(NDList logits, double temperature) {
        try (NDArray z = NDArrays.concat(logits, 0)) {
            NDArray plain = z.softmax(1);
            NDArray divisor = EngineConstants.of(temperature, z);
            NDArray logTempered = z.divi(divisor).logSoftmax(1);
            return new BranchProbabilities(logits.size(), plain, logTempered, logTempered.exp());
        }
    }

    /**
     * What a divergence compares with the target; it may be written over, and these with it.
     *
     * @param classWeights (M, B, N, 1) in the released edition, else null
     */
    Divergence.Student student(NDArray classWeights) {
        return new Divergence.Student(byBranch(logTempered), byBranch(tempered), classWeights);
    }

    /** The same numbers as (M, B, N, V). */
    private NDArray byBranch(NDArray array) {
        Shape shape = array.getShape();
        return array.reshape(branches, shape.get(0) / branches, shape.get(1), shape.get(2));
    }

    /** Per branch p (B, N, V), views. */
    NDList probabilities() {
        return plain.split(branches, 0);
    }

    /** Per branch q (B, N, V), views. */
    NDList temperedProbabilities() {
        return tempered.split(branches, 0);
    }
}
