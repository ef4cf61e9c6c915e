/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.Function;

/** Autograd's gradients and finite differences of a scalar function of some arrays. */
final class Gradients {

    private Gradients() {}

    /** Autograd: the gradient by every input, summed by the engine over one backward pass. */
    static NDList autograd(NDList inputs, Function<NDList, NDArray> function) {
        inputs.forEach(input -> input.setRequiresGradient(true));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.zeroGradients();
            collector.backward(function.apply(inputs));
        }
        NDList gradients = new NDList();
        for (NDArray input : inputs) {
            gradients.add(input.getGradient().duplicate());
            input.setRequiresGradient(false);
        }
        return gradients;
    }

    /** Central differences of one element of one input; float64 only. */
    static double difference(
            NDList inputs, int input, long element, Function<NDList, NDArray> function) {
        double step = 1e-6;
        double up = shifted(inputs, input, element, step, function);
        double down = shifted(inputs, input, element, -step, function);
        return (up - down) / (2 * step);
    }

    private static double shifted(
            NDList inputs, int input, long element, double by, Function<NDList, NDArray> function) {
        NDArray original = inputs.get(input);
        try (NDManager work = original.getManager().newSubManager()) {
            double[] values = original.toDoubleArray();
            values[Math.toIntExact(element)] += by;
            NDList changed = new NDList();
            for (int i = 0; i < inputs.size(); i++) {
                NDArray own =
                        i == input
                                ? work.create(values).reshape(original.getShape())
                                : inputs.get(i).duplicate();
                own.attach(work);
                changed.add(own);
            }
            return function.apply(changed).getDouble();
        }
    }
}
