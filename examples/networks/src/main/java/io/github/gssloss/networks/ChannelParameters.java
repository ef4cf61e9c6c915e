/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/** What follows a norm: a gain, 1 at first, and a shift, 0 at first, of each channel. */
public final class ChannelParameters {

    private ChannelParameters() {}

    /**
     * Creates the gain.
     *
     * @param channels the number of channels
     * @return the parameter {@code gamma}
     */
    public static Parameter gain(int channels) {
        return parameter("gamma", Parameter.Type.GAMMA, channels);
    }

    /**
     * Creates the shift.
     *
     * @param channels the number of channels
     * @return the parameter {@code beta}
     */
    public static Parameter shift(int channels) {
        return parameter("beta", Parameter.Type.BETA, channels);
    }

    private static Parameter parameter(String name, Parameter.Type type, int channels) {
        return Parameter.builder()
                .setName(name)
                .setType(type)
                .optShape(new Shape(channels))
                .build();
    }

    /**
     * Applies gain and shift.
     *
     * @param pass the forward pass
     * @param x the array (B, C, D, H, W), closed afterwards
     * @param gamma the gain
     * @param beta the shift
     * @return gamma x + beta
     */
    public static NDArray apply(ForwardPass pass, NDArray x, Parameter gamma, Parameter beta) {
        Shape perChannel = new Shape(x.getShape().get(1), 1, 1, 1);
        try (x;
                NDArray gain = pass.value(gamma, x.getDevice()).reshape(perChannel);
                NDArray shift = pass.value(beta, x.getDevice()).reshape(perChannel)) {
            // In place: the gradient of a product needs its factors only.
            return x.mul(gain).addi(shift);
        }
    }
}
