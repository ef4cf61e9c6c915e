/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
 * A decoder of latents: of one image, or of the logits of all classes. Inputs: the latents of every
 * level, the finest first, (B, C, D, H, W) with the channels and the resolution of the {@link
 * Pyramid}; output (B, outputs, D, H, W).
 */
final class UhvedDecoder extends Layer {

    /** The coarsest but one first. */
    private final List<TwoUnits> blocks = new ArrayList<>();

    private final PaddedConv3d last;
    private final Pyramid pyramid;
    private final Axes axes;

    UhvedDecoder(Pyramid pyramid, int outputs, Axes axes) {
        this.pyramid = pyramid;
        this.axes = axes;
        for (int level = pyramid.levels() - 1; level >= 1; level--) {
            int channels = pyramid.channels(level);
            blocks.add(
                    addChildBlock(
                            "block_" + (blocks.size() + 1),
                            new TwoUnits(3 * channels, 2 * channels, channels, axes)));
        }
        last = addChildBlock("final", TwoUnits.convolution(outputs, 1, axes));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray coarsest = inputs.get(blocks.size());
        NDArray x = null;
        try (Upsampler upsampler = new Upsampler(coarsest, Upsampler.Grid.FIRST, axes)) {
            for (int i = 0; i < blocks.size(); i++) {
                NDArray skip = inputs.get(blocks.size() - 1 - i);
                NDArray up = x == null ? upsampler.apply(coarsest, 2) : upsampler.pass(x, 2);
                try (up) {
                    x = pass.applyAndClose(blocks.get(i), up.concat(skip, 1));
                }
            }
        }
        return new NDList(pass.applyAndClose(last, x));
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        for (int i = 0; i < blocks.size(); i++) {
            int level = blocks.size() - i;
            long joined = 3L * pyramid.channels(level);
            Shape shape = Layers.withChannels(inputShapes[level - 1], joined);
            blocks.get(i).initialize(manager, dataType, shape);
        }
        last.initialize(manager, dataType, inputShapes[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return last.getOutputShapes(new Shape[] {inputShapes[0]});
    }
}
