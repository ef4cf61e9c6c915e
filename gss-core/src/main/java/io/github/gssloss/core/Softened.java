/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The branches' probabilities: the one place where logits meet a softmax.
 *
 * @param confidence p = softmax(z), which thresholds look at
 * @param logProbabilities log q = log softmax(z / tau)
 * @param value q, which votes and divergences take
 */
record Softened(NDList confidence, NDList logProbabilities, NDList value) {

    /**
     * Applies both softmaxes over the class axis 1.
     *
     * @param logits per branch (B, N, spatial...)
     * @param temperature tau
     */
    static Softened of(NDList logits, double temperature) {
        NDList confidence = new NDList();
        NDList logProbabilities = new NDList();
        NDList value = new NDList();
        NDArray divisor = Scalars.of(temperature, logits.get(0));
        for (NDArray z : logits) {
            confidence.add(z.softmax(1));
            try (NDArray tempered = z.div(divisor)) {
                NDArray logQ = tempered.logSoftmax(1);
                logProbabilities.add(logQ);
                value.add(logQ.exp());
            }
        }
        return new Softened(confidence, logProbabilities, value);
    }
}
