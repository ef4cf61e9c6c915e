/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * One output of a network.
 *
 * @param index its index among the outputs
 * @param kind what it holds
 */
record Output(int index, OutputKind kind) {

    NDArray probabilities(NDList predictions) {
        NDArray output = predictions.get(index);
        return kind == OutputKind.LOGITS ? output.softmax(1) : output;
    }
}
