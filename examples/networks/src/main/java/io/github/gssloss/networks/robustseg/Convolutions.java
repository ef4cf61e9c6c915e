/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.nn.Parameter;
import ai.djl.training.initializer.TruncatedNormalInitializer;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.PaddingMode;

/**
 * The network's convolutions: reflecting, the weights at first of a normal distribution of standard
 * deviation 0.01 cut off at two of them, the bias 0.
 */
final class Convolutions {

    private static final float DEVIATION = 0.01f;

    private Convolutions() {}

    static PaddedConv3d of(int filters, int kernel, int stride) {
        PaddedConv3d conv = PaddedConv3d.of(filters, kernel, stride, PaddingMode.REFLECT);
        conv.setInitializer(new TruncatedNormalInitializer(DEVIATION), Parameter.Type.WEIGHT);
        return conv;
    }
}
