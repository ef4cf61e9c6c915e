/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.Upsampler;
import java.util.ArrayList;
import java.util.List;

/**
 * Restores the image of one modality from what all of them show and from its style: four residuals
 * in the style, then three times nearest upsampling, a 5^3 convolution to half of the channels,
 * layer norm and ReLU. Inputs: the fused features of level 4 (B, 8C, D/8, H/8, W/8) and the style
 * code (B, 8); outputs: the features of the image (B, C, D, H, W), which one convolution more makes
 * the image, and the style's gains and shifts (B, 8C).
 */
final class ImageDecoder extends Layer {

    private static final int RESIDUALS = 4;

    private record Step(PaddedConv3d conv, VolumeNorm norm) {}

    private final StyleTransform transform;
    private final List<StyledResidual> residuals = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Pyramid pyramid;
    private final Axes axes;

    ImageDecoder(Pyramid pyramid, UnitStyle style) {
        this.pyramid = pyramid;
        this.axes = style.axes();
        int coarsest = pyramid.channels(pyramid.levels());
        transform = addChildBlock("mlp", new StyleTransform(coarsest));
        for (int i = 0; i < RESIDUALS; i++) {
            residuals.add(addChildBlock("res_" + i, new StyledResidual(coarsest, style)));
        }
        for (int i = 0; i < pyramid.levels() - 1; i++) {
            int channels = pyramid.channels(pyramid.levels() - 1 - i);
            steps.add(
                    new Step(
                            addChildBlock("conv_" + i, style.convolution(channels, 5, 1)),
                            addChildBlock("layer_norm_" + i, new VolumeNorm(channels))));
        }
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDList style = transform.forward(pass.store(), new NDList(inputs.get(1)), pass.training());
        NDArray x = pass.apply(residuals.get(0), inputs.get(0), style.get(0), style.get(1));
        for (StyledResidual residual : residuals.subList(1, RESIDUALS)) {
            try (NDArray before = x) {
                x = pass.apply(residual, before, style.get(0), style.get(1));
            }
        }
        try (Upsampler upsampler = new Upsampler(x, Upsampler.Grid.NEAREST, axes)) {
            for (Step step : steps) {
                NDArray response = pass.applyAndClose(step.conv(), upsampler.pass(x, 2));
                try (NDArray normal = pass.applyAndClose(step.norm(), response)) {
                    x = Activation.relu(normal);
                }
            }
        }
        return new NDList(x).addAll(style);
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape coarsest = inputShapes[0];
        transform.initialize(manager, dataType, inputShapes[1]);
        residuals.forEach(residual -> residual.initialize(manager, dataType, coarsest));
        for (int i = 0; i < steps.size(); i++) {
            int level = pyramid.levels() - 1 - i;
            Shape input = axes.enlarged(coarsest, 1L << (i + 1));
            Shape upsampled = Layers.withChannels(input, pyramid.channels(level + 1));
            steps.get(i).conv().initialize(manager, dataType, upsampled);
            steps.get(i).norm().initialize(manager, dataType, input);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape finest = axes.enlarged(inputShapes[0], 1L << steps.size());
        Shape style = new Shape(inputShapes[0].get(0), inputShapes[0].get(1));
        return new Shape[] {Layers.withChannels(finest, pyramid.width()), style, style};
    }
}
