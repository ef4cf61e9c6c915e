/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;

/**
 * What an output holds, in either form.
 *
 * @param array (B, N, spatial...)
 * @param kind what it holds
 */
record OutputValues(NDArray array, OutputKind kind) {

    private static final double LEAST_PROBABILITY = 1e-12;

    /** Probabilities: those given, or the softmax of the logits. */
    NDArray probabilities() {
        return kind == OutputKind.LOGITS ? array.softmax(1) : array;
    }

    /**
     * Logits: those given, or the logarithm of the probabilities, of which the softmax is the
     * probabilities again. Below 1e-12 a probability has no gradient.
     */
    NDArray logits() {
        return kind == OutputKind.LOGITS
                ? array
                : AutogradConstants.atLeast(array, LEAST_PROBABILITY).log();
    }

    NDArray as(OutputKind wanted) {
        return wanted == OutputKind.LOGITS ? logits() : probabilities();
    }
}
