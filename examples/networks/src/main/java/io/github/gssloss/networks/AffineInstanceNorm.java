/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/**
 * Instance norm with a gain and a shift of each channel: gamma (x - mean) / sqrt(variance + 1e-6) +
 * beta, mean and population variance over the voxels of each sample and channel. Input and output
 * (B, C, D, H, W).
 *
 * <p>It is a batch norm of B * C channels, which keeps its input alone for the backward pass.
 */
public final class AffineInstanceNorm extends Layer {

    private static final float EPSILON = 1e-6f;

    private final Parameter gamma;
    private final Parameter beta;

    /**
     * Creates the norm.
     *
     * @param channels C
     */
    public AffineInstanceNorm(int channels) {
        gamma = addParameter(ChannelParameters.gain(channels));
        beta = addParameter(ChannelParameters.shift(channels));
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = inputs.singletonOrThrow();
        Shape shape = x.getShape();
        long batch = shape.get(0);
        Shape rows = new Shape(batch * shape.get(1));
        NDManager manager = x.getManager();
        try (NDArray flat = x.reshape(new Shape(1).addAll(rows).addAll(shape.slice(2)));
                // The engine writes running statistics, which nobody reads.
                NDArray mean = manager.zeros(rows, x.getDataType());
                NDArray variance = manager.ones(rows, x.getDataType());
                NDArray gain = pass.value(gamma, x.getDevice()).tile(batch);
                NDArray shift = pass.value(beta, x.getDevice()).tile(batch);
                NDList normal =
                        x.getNDArrayInternal()
                                .batchNorm(
                                        flat, mean, variance, gain, shift, -1, 0f, EPSILON, true)) {
            return new NDList(normal.singletonOrThrow().reshape(shape));
        }
    }
}
