/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The probabilities of every branch: the only place where a softmax is taken of logits.
 *
 * @param probabilities p = softmax(z), which are compared with the thresholds
 * @param logTemperedProbabilities log q = log softmax(z / &tau;)
 * @param temperedProbabilities q, of which votes and divergences are computed
 */
record BranchProbabilities(
        NDList probabilities, NDList logTemperedProbabilities, NDList temperedProbabilities) {

    /**
     * Applies both softmaxes over the class axis 1.
     *
     * @param logits per branch (B, N, spatial...)
     * @param temperature &tau;
     */
    static BranchProbabilities of(NDList logits, double temperature) {
        NDList probabilities = new NDList();
        NDList logTempered = new NDList();
        NDList tempered = new NDList();
        NDArray divisor = EngineConstants.of(temperature, logits.get(0));
        for (NDArray z : logits) {
            probabilities.add(z.softmax(1));
            try (NDArray quotient = z.div(divisor)) {
                NDArray logQ = quotient.logSoftmax(1);
                logTempered.add(logQ);
                tempered.add(logQ.exp());
            }
        }
        return new BranchProbabilities(probabilities, logTempered, tempered);
    }
}
