/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/** The parameters of a norm: a gain, 1 at first, and a shift, 0 at first, of each channel. */
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
}
