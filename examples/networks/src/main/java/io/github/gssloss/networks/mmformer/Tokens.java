/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.initializer.UniformInitializer;
import io.github.gssloss.networks.Chain;

/** Small steps that the transformers are written in. */
final class Tokens {

    private Tokens() {}

    /**
     * Creates a linear layer with PyTorch's own initial values, which the published network keeps:
     * weights and bias uniform within 1 / sqrt(inputs).
     */
    static Linear linear(int inputs, int outputs, boolean bias) {
        Linear linear = Linear.builder().setUnits(outputs).optBias(bias).build();
        float bound = (float) (1 / Math.sqrt(inputs));
        linear.setInitializer(new UniformInitializer(bound), parameter -> true);
        return linear;
    }

    /**
     * Creates two linear layers on each token with an exact GELU between them, dropout after the
     * GELU and at the end. Input and output (B, n, T).
     */
    static Block feedForward(int channels, int hidden, float dropout) {
        return new Chain(
                linear(channels, hidden, true),
                Activation.geluBlock(),
                Dropout.builder().optRate(dropout).build(),
                linear(hidden, channels, true),
                Dropout.builder().optRate(dropout).build());
    }

    /** Drops values in training; outside it the result is the input under another handle. */
    static NDArray dropout(NDArray x, float rate, boolean training) {
        return Dropout.dropout(x, rate, training).singletonOrThrow();
    }
}
