/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.ChannelParameters;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.InstanceNorm;
import io.github.gssloss.networks.Layer;

/**
 * Layer norm of a sample: gamma (x - mean) / sqrt(variance + 1e-12) + beta, mean and population
 * variance over all its channels and voxels, gain and shift of each channel. Input and output (B,
 * C, D, H, W).
 */
final class VolumeNorm extends Layer {

    private static final float EPSILON = 1e-12f;

    private final Parameter gamma;
    private final Parameter beta;

    VolumeNorm(int channels) {
        gamma = addParameter(ChannelParameters.gain(channels));
        beta = addParameter(ChannelParameters.shift(channels));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = inputs.singletonOrThrow();
        Shape shape = x.getShape();
        Shape perChannel = new Shape(shape.get(1), 1, 1, 1);
        try (NDArray samples = x.reshape(shape.get(0), 1, shape.size() / shape.get(0));
                NDArray flat = InstanceNorm.apply(samples, EPSILON);
                NDArray normal = flat.reshape(shape);
                NDArray gain = pass.value(gamma, x.getDevice()).reshape(perChannel);
                NDArray shift = pass.value(beta, x.getDevice()).reshape(perChannel)) {
            // In place: the gradient of a product needs its factors only.
            return new NDList(normal.mul(gain).addi(shift));
        }
    }
}
