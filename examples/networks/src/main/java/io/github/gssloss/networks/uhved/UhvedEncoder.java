/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.Pyramid;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoder of one modality: a 1^3 convolution and leaky ReLU, then a block a level, each but the
 * first of the maxima of 2^3 voxels. Input (B, 1, D, H, W); outputs the blocks' outputs, the finest
 * first, of the channels and the resolution of the {@link Pyramid}.
 */
final class UhvedEncoder extends Layer {

    private final PaddedConv3d entry;
    private final List<TwoUnits> blocks = new ArrayList<>();
    private final Pyramid pyramid;
    private final Axes axes;

    UhvedEncoder(Pyramid pyramid, Axes axes) {
        this.pyramid = pyramid;
        this.axes = axes;
        entry = addChildBlock("conv_0", TwoUnits.convolution(pyramid.width(), 1, axes));
        for (int level = 1; level <= pyramid.levels(); level++) {
            int from = pyramid.channels(Math.max(level - 1, 1));
            int to = pyramid.channels(level);
            blocks.add(addChildBlock("block_" + level, new TwoUnits(from, to, to, axes)));
        }
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        Shape two = axes.cube(2);
        NDList features = new NDList(blocks.size());
        NDArray x;
        try (NDArray response = pass.apply(entry, inputs.singletonOrThrow())) {
            x = Activation.leakyRelu(response, TwoUnits.SLOPE);
        }
        for (TwoUnits block : blocks) {
            NDArray pooled = x;
            if (!features.isEmpty()) {
                pooled = Pool.maxPool3d(x, two, two, new Shape(0, 0, 0), false);
            }
            x = pass.applyAndClose(block, pooled);
            features.add(x);
        }
        return features;
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        entry.initialize(manager, dataType, inputShapes);
        Shape[] levels = getOutputShapes(inputShapes);
        for (int i = 0; i < levels.length; i++) {
            long from = pyramid.channels(Math.max(i, 1));
            blocks.get(i).initialize(manager, dataType, Layers.withChannels(levels[i], from));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] levels = new Shape[blocks.size()];
        for (int i = 0; i < levels.length; i++) {
            Shape level = axes.reduced(inputShapes[0], 1L << i);
            levels[i] = Layers.withChannels(level, pyramid.channels(i + 1));
        }
        return levels;
    }
}
