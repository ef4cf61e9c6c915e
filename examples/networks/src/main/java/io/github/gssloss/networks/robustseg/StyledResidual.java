/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.PaddedConv3d;

/**
 * x + AdaIN(conv(ReLU(AdaIN(conv(x))))) with 3^3 convolutions. Inputs: the features x (B, C, D, H,
 * W), the gains and the shifts of both norms (B, C); output (B, C, D, H, W).
 */
final class StyledResidual extends Layer {

    private final PaddedConv3d first;
    private final PaddedConv3d second;

    StyledResidual(int channels, UnitStyle style) {
        first = addChildBlock("conv_0", style.convolution(channels, 3, 1));
        second = addChildBlock("conv_1", style.convolution(channels, 3, 1));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray x = inputs.get(0);
        NDArray activated;
        try (NDArray normal = styled(pass, first, x, inputs)) {
            activated = Activation.relu(normal);
        }
        try (activated;
                NDArray change = styled(pass, second, activated, inputs)) {
            return new NDList(x.add(change));
        }
    }

    private static NDArray styled(ForwardPass pass, PaddedConv3d conv, NDArray x, NDList inputs) {
        return AdaptiveInstanceNorm.apply(pass.apply(conv, x), inputs.get(1), inputs.get(2));
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        first.initialize(manager, dataType, inputShapes[0]);
        second.initialize(manager, dataType, inputShapes[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0]};
    }
}
