/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoder of one modality: levels, each a 3^3 block (of stride 2 from level 2 on) and a
 * residual of two more. Input (B, 1, D, H, W); outputs the feature of each level, the finest first,
 * of the channels and the resolution of the {@link Pyramid}.
 */
public final class Encoder extends Layer {

    private record Level(Block first, Block second, Block third) {}

    private final List<Level> levels = new ArrayList<>();

    /**
     * Creates the encoder.
     *
     * @param pyramid its levels
     * @param style how it builds its convolutions
     */
    public Encoder(Pyramid pyramid, BlockStyle style) {
        for (int level = 1; level <= pyramid.levels(); level++) {
            int channels = pyramid.channels(level);
            Block first = level == 1 ? style.entry(channels) : style.size3(channels, 2);
            levels.add(
                    new Level(
                            addChildBlock("e" + level + "_c1", first),
                            addChildBlock("e" + level + "_c2", style.size3(channels, 1)),
                            addChildBlock("e" + level + "_c3", style.size3(channels, 1))));
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDList features = new NDList(levels.size());
        NDArray x = inputs.singletonOrThrow();
        for (Level level : levels) {
            NDArray entry = pass.apply(level.first(), x);
            NDArray middle = pass.apply(level.second(), entry);
            NDArray residual = pass.applyAndClose(level.third(), middle);
            // In place: the gradient of a leaky ReLU needs its input only, that of a convolution
            // its input and weights, so nobody misses the output.
            x = residual.addi(entry);
            entry.close();
            features.add(x);
        }
        return features;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] outputs = new Shape[levels.size()];
        Shape[] shapes = inputShapes;
        for (int i = 0; i < outputs.length; i++) {
            shapes = levels.get(i).first().getOutputShapes(shapes);
            outputs[i] = shapes[0];
        }
        return outputs;
    }
}
