/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Collection;

/**
 * The Euclidean norm of many arrays as if they were one vector, and clipping by it. One number is
 * copied from the device, however many arrays there are.
 */
public final class GlobalNorm {

    private GlobalNorm() {}

    /**
     * Computes the norm of some arrays together.
     *
     * @param arrays arrays of one type on one device, at least one
     * @return their norm; not finite where one of their numbers is not
     */
    public static float of(NDList arrays) {
        try (NDManager scope = arrays.get(0).getManager().newSubManager()) {
            NDList squares = new NDList();
            for (NDArray array : arrays) {
                NDArray detached = array.stopGradient();
                detached.attach(scope);
                NDArray square = detached.square();
                squares.add(square.sum());
                square.close();
            }
            return NDArrays.stack(squares).sum().sqrt().getFloat();
        }
    }

    /**
     * Clips the gradients of parameters: where their common norm is larger than allowed, all are
     * multiplied by the same number so that it is what is allowed. Their direction stays.
     *
     * @param parameters the parameters, after the backward pass
     * @param largest the largest norm allowed, positive
     * @return the norm before; where it is not finite nothing was changed
     */
    public static float clip(Collection<Parameter> parameters, double largest) {
        NDList gradients = new NDList();
        for (Parameter parameter : parameters) {
            if (parameter.getArray().hasGradient()) {
                gradients.add(parameter.getArray().getGradient());
            }
        }
        try (gradients) {
            float norm = of(gradients);
            if (norm > largest && Float.isFinite(norm)) {
                NDManager manager = gradients.get(0).getManager();
                try (NDArray factor = manager.full(new Shape(), (float) (largest / norm))) {
                    gradients.forEach(gradient -> gradient.muli(factor));
                }
            }
            return norm;
        }
    }
}
