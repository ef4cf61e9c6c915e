/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import java.util.List;

/** The squares of weights, of which networks compute a decay as a loss of their own. */
public final class SquaredWeights {

    private SquaredWeights() {}

    /**
     * Sums the squares of each parameter.
     *
     * @param pass the forward pass
     * @param weights K parameters
     * @param like an array of the device and the manager that the result shall have
     * @return the sums (K)
     */
    public static NDArray sums(ForwardPass pass, List<Parameter> weights, NDArray like) {
        try (NDList sums = new NDList(weights.size())) {
            for (Parameter weight : weights) {
                try (NDArray squares = pass.value(weight, like.getDevice()).square()) {
                    sums.add(squares.sum());
                }
            }
            NDArray all = NDArrays.stack(sums);
            // It belongs to the parameters' manager, which outlives the pass.
            all.attach(like.getManager());
            return all;
        }
    }
}
