/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import io.github.gssloss.networks.AffineInstanceNorm;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.PaddedConv3d;
import java.util.List;

/**
 * What encoders and decoders are built of, twice instance norm, leaky ReLU of slope 0.02 and a 3^3
 * convolution without bias. Input (B, from, D, H, W), output (B, to, D, H, W).
 */
final class TwoUnits extends Layer {

    /** Slope of the leaky ReLU below zero. */
    static final float SLOPE = 0.02f;

    private record Unit(AffineInstanceNorm norm, PaddedConv3d conv) {}

    private final List<Unit> units;

    TwoUnits(int from, int between, int to, Axes axes) {
        units = List.of(unit(0, from, between, axes), unit(1, between, to, axes));
    }

    private Unit unit(int number, int from, int to, Axes axes) {
        return new Unit(
                addChildBlock("in_" + number, new AffineInstanceNorm(from)),
                addChildBlock("conv_" + number, convolution(to, 3, axes)));
    }

    /** A convolution without bias and of the published initial weights. */
    static PaddedConv3d convolution(int filters, int kernel, Axes axes) {
        PaddedConv3d convolution = PaddedConv3d.withoutBias(filters, kernel, axes);
        convolution.setInitializer(new TruncatedHeNormal(), Parameter.Type.WEIGHT);
        return convolution;
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray first = unit(pass, units.get(0), inputs.singletonOrThrow());
        try (first) {
            return new NDList(unit(pass, units.get(1), first));
        }
    }

    private static NDArray unit(ForwardPass pass, Unit unit, NDArray x) {
        try (NDArray normal = pass.apply(unit.norm(), x)) {
            return pass.applyAndClose(unit.conv(), Activation.leakyRelu(normal, SLOPE));
        }
    }
}
