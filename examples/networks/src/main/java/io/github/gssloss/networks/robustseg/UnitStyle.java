/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.nn.Parameter;
import ai.djl.training.initializer.TruncatedNormalInitializer;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.BlockStyle;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.PaddingMode;

/**
 * How the network builds its convolutions: reflecting, the weights at first of a normal
 * distribution of standard deviation 0.01 cut off at two of them, the bias 0. Every part that
 * shares its structure with RFNet is made of {@link Unit}s.
 *
 * @param axes the axes that they work along
 */
record UnitStyle(Axes axes) implements BlockStyle {

    private static final float DEVIATION = 0.01f;

    @Override
    public Unit size1(int filters) {
        return new Unit(convolution(filters, 1, 1), filters);
    }

    @Override
    public Unit size3(int filters, int stride) {
        return new Unit(convolution(filters, 3, stride), filters);
    }

    PaddedConv3d convolution(int filters, int kernel, int stride) {
        PaddedConv3d convolution =
                PaddedConv3d.of(filters, kernel, stride, PaddingMode.REFLECT, axes);
        convolution.setInitializer(
                new TruncatedNormalInitializer(DEVIATION), Parameter.Type.WEIGHT);
        return convolution;
    }
}
