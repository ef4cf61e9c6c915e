/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gssloss.examples.networks.ConvBlock;
import io.github.gssloss.examples.networks.Layers;
import io.github.gssloss.examples.networks.PaddingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoder of one modality: four levels, each a 3^3 block (of stride 2 from level 2 on) and a
 * residual of two more. Input (B, 1, D, H, W); outputs level 1 to 4, of width, 2, 4 and 8 times
 * that many channels at full, 1/2, 1/4 and 1/8 resolution.
 */
final class Encoder extends AbstractBlock {

    private record Level(ConvBlock first, ConvBlock second, ConvBlock third) {}

    private final List<Level> levels = new ArrayList<>();

    Encoder(int width, PaddingMode padding) {
        for (int level = 1; level <= RfNet.LEVELS; level++) {
            int channels = RfNet.channels(width, level);
            levels.add(
                    new Level(
                            child(level, 1, channels, level == 1 ? 1 : 2, padding),
                            child(level, 2, channels, 1, padding),
                            child(level, 3, channels, 1, padding)));
        }
    }

    private ConvBlock child(int level, int number, int channels, int stride, PaddingMode padding) {
        return addChildBlock(
                "e" + level + "_c" + number, ConvBlock.ofSize3(channels, stride, padding));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList features = new NDList(levels.size());
        NDArray x = inputs.singletonOrThrow();
        for (Level level : levels) {
            NDArray entry = Layers.apply(level.first(), parameterStore, x, training);
            NDArray middle = Layers.apply(level.second(), parameterStore, entry, training);
            NDArray residual = Layers.pass(level.third(), parameterStore, middle, training);
            // In place: a leaky ReLU's gradient needs its input only, so nobody misses its output.
            x = residual.addi(entry);
            entry.close();
            features.add(x);
        }
        return features;
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape[] shapes = inputShapes;
        for (Level level : levels) {
            level.first().initialize(manager, dataType, shapes);
            shapes = level.first().getOutputShapes(shapes);
            level.second().initialize(manager, dataType, shapes);
            level.third().initialize(manager, dataType, shapes);
        }
    }

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
