/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;

/**
 * Instance norm with a gain and a shift of each channel: gamma (x - mean) / sqrt(variance + 1e-6) +
 * beta, mean and population variance over the voxels of each sample and channel. Input and output
 * (B, C, D, H, W).
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
        NDArray normal = InstanceNorm.apply(inputs.singletonOrThrow(), EPSILON);
        return new NDList(ChannelParameters.apply(pass, normal, gamma, beta));
    }
}
