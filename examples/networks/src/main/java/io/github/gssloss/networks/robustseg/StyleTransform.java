/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;

/**
 * What a style does to each channel of an image's features: two linear layers of 8C with ReLU, then
 * one for the gains and one for the shifts. Input: the style code (B, 8); outputs: mu, the gains,
 * and sigma, the shifts, each (B, 8C). The names are the publication's.
 */
final class StyleTransform extends Layer {

    private final Linear first;
    private final Linear second;
    private final Linear mu;
    private final Linear sigma;
    private final int channels;

    StyleTransform(int channels) {
        this.channels = channels;
        first = addChildBlock("linear_0", linear());
        second = addChildBlock("linear_1", linear());
        mu = addChildBlock("mu", linear());
        sigma = addChildBlock("sigma", linear());
    }

    /** DJL's own initial weights are He normal, as published. */
    private Linear linear() {
        return Linear.builder().setUnits(channels).build();
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        try (NDArray hidden = activated(pass, first, inputs.singletonOrThrow());
                NDArray style = activated(pass, second, hidden)) {
            return new NDList(pass.apply(mu, style), pass.apply(sigma, style));
        }
    }

    private static NDArray activated(ForwardPass pass, Linear linear, NDArray x) {
        try (NDArray response = pass.apply(linear, x)) {
            return Activation.relu(response);
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape hidden = new Shape(inputShapes[0].get(0), channels);
        first.initialize(manager, dataType, inputShapes);
        second.initialize(manager, dataType, hidden);
        mu.initialize(manager, dataType, hidden);
        sigma.initialize(manager, dataType, hidden);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape perChannel = new Shape(inputShapes[0].get(0), channels);
        return new Shape[] {perChannel, perChannel};
    }
}
