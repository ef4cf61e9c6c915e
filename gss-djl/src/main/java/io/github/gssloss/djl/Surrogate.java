/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * A value with given gradients: its autograd graph holds the gradients, and nothing of how the
 * value was computed.
 */
final class Surrogate {

    private Surrogate() {}

    /**
     * Adds to a value, for each input x with gradient g, the inner product x g minus the same as a
     * constant: 0, with the gradient g by x.
     *
     * @param value a scalar
     * @param inputs the arrays to differentiate by
     * @param gradients the gradient with respect to each; their handles are closed, so that the
     *     backward pass frees one after the other
     * @param factor multiplies the gradients, in the backward pass, where it costs no pass of its
     *     own over them
     */
    static NDArray of(NDArray value, NDList inputs, NDList gradients, double factor) {
        NDArray sum = value;
        for (int i = 0; i < inputs.size(); i++) {
            try (NDArray flat = inputs.get(i).flatten();
                    NDArray gradient = gradients.get(i);
                    NDArray flatGradient = gradient.flatten();
                    NDArray linear = flat.dot(flatGradient);
                    NDArray offset = linear.stopGradient();
                    NDArray zero = linear.sub(offset)) {
                sum = sum.add(AutogradConstants.times(zero, factor));
            }
        }
        return sum;
    }
}
