/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.examples.networks.ConvBlock;
import io.github.gssloss.examples.networks.Layers;
import io.github.gssloss.examples.networks.PaddingMode;
import io.github.gssloss.examples.networks.Upsampler;

/**
 * What both decoders do to arrive at a level of C channels: {@code enter} upsamples the feature of
 * the coarser level and brings it to C channels, {@code merge} joins it with another feature of C
 * channels.
 *
 * @param enter 3^3 block after the upsampling
 * @param join 3^3 block on the two features
 * @param out 1^3 block that ends the level
 * @param channels C
 */
record Stage(ConvBlock enter, ConvBlock join, ConvBlock out, int channels) {

    static Stage of(int channels, PaddingMode padding) {
        return new Stage(
                ConvBlock.ofSize3(channels, 1, padding),
                ConvBlock.ofSize3(channels, 1, padding),
                ConvBlock.ofSize1(channels),
                channels);
    }

    /** Upsamples the coarser feature and closes it. */
    NDArray enter(ParameterStore store, NDArray coarse, Upsampler upsampler, boolean training) {
        return Layers.pass(enter, store, upsampler.pass(coarse, 2), training);
    }

    /** Joins two features and closes both; the first comes first in the channels. */
    NDArray merge(ParameterStore store, NDArray first, NDArray second, boolean training) {
        NDArray both;
        try (first;
                second) {
            both = Layers.concat(first, second);
        }
        return Layers.pass(out, store, Layers.pass(join, store, both, training), training);
    }

    /** Initialises the three blocks; the shape is that of the level's feature. */
    void initialize(NDManager manager, DataType dataType, Shape shape) {
        enter.initialize(manager, dataType, Layers.withChannels(shape, 2L * channels));
        join.initialize(manager, dataType, Layers.withChannels(shape, 2L * channels));
        out.initialize(manager, dataType, Layers.withChannels(shape, channels));
    }
}
