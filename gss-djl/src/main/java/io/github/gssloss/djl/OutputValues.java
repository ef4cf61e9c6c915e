/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;

/** What an output holds, as logits and as probabilities; the other form is computed once. */
final class OutputValues {

    private static final double LEAST_PROBABILITY = 1e-12;

    private final NDArray array;
    private final OutputKind kind;

    /** The array in the other form; null until it is asked for. */
    private NDArray converted;

    /**
     * Takes an output.
     *
     * @param array (B, N, spatial...)
     * @param kind what it holds
     */
    OutputValues(NDArray array, OutputKind kind) {
        this.array = array;
        this.kind = kind;
    }

    /** The array as it was given. */
    NDArray array() {
        return array;
    }

    OutputKind kind() {
        return kind;
    }

    /** Probabilities: those given, or the softmax of the logits. */
    NDArray probabilities() {
        return as(OutputKind.PROBABILITIES);
    }

    /**
     * Logits: those given, or the logarithm of the probabilities, of which the softmax is the
     * probabilities again. Below 1e-12 a probability has no gradient.
     */
    NDArray logits() {
        return as(OutputKind.LOGITS);
    }

    NDArray as(OutputKind wanted) {
        if (wanted == kind) {
            return array;
        }
        if (converted == null) {
            converted =
                    wanted == OutputKind.PROBABILITIES
                            ? array.softmax(1)
                            : AutogradConstants.atLeast(array, LEAST_PROBABILITY).log();
        }
        return converted;
    }
}
