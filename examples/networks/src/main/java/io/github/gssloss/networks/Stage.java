/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.function.BiConsumer;

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
public record Stage(Block enter, Block join, Block out, int channels) {

    /**
     * Creates a stage.
     *
     * @param channels C
     * @param style how it builds its blocks
     * @return the stage
     */
    public static Stage of(int channels, BlockStyle style) {
        return new Stage(
                style.size3(channels, 1),
                style.size3(channels, 1),
                style.size1(channels),
                channels);
    }

    /**
     * Hands over the three blocks under their published names.
     *
     * @param level the level that is arrived at
     * @param add called with each name and block, in order
     */
    public void addTo(int level, BiConsumer<String, Block> add) {
        add.accept("d" + level + "_c1", enter);
        add.accept("d" + level + "_c2", join);
        add.accept("d" + level + "_out", out);
    }

    /**
     * Upsamples the coarser feature.
     *
     * @param pass the forward pass
     * @param coarse the feature (B, 2C, D/2, H/2, W/2), closed afterwards
     * @param upsampler the upsampler of this forward pass
     * @return the feature (B, C, D, H, W)
     */
    public NDArray enter(ForwardPass pass, NDArray coarse, Upsampler upsampler) {
        return pass.applyAndClose(enter, upsampler.pass(coarse, 2));
    }

    /**
     * Joins two features (B, C, D, H, W).
     *
     * @param pass the forward pass
     * @param first what comes first in the channels, closed afterwards
     * @param second what follows, closed afterwards
     * @return the feature (B, C, D, H, W)
     */
    public NDArray merge(ForwardPass pass, NDArray first, NDArray second) {
        NDArray both;
        try (first;
                second) {
            both = first.concat(second, 1);
        }
        return pass.applyAndClose(out, pass.applyAndClose(join, both));
    }

    /**
     * Initialises the three blocks.
     *
     * @param manager the manager of the parameters
     * @param dataType their type
     * @param shape the shape of the level's feature, of any number of channels
     */
    public void initialize(NDManager manager, DataType dataType, Shape shape) {
        enter.initialize(manager, dataType, Layers.withChannels(shape, 2L * channels));
        join.initialize(manager, dataType, Layers.withChannels(shape, 2L * channels));
        out.initialize(manager, dataType, Layers.withChannels(shape, channels));
    }
}
