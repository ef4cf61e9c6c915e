/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.Stage;
import io.github.gssloss.networks.Upsampler;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder that fuses the modalities of a subset. Inputs: the features of level 1 to 4, each (B,
 * M, C, D, H, W), and the subset (B, M) as 0 and 1 of the features' data type; it zeroes the
 * features of the others. Outputs: the fused probabilities (B, classes, D, H, W) and, in training,
 * the probability maps of level 1 to 4 at full resolution.
 */
final class RfNetDecoder extends Layer {

    /** Level 3 first. */
    private final List<Stage> stages = new ArrayList<>();

    private final PaddedConv3d head;
    private final Axes axes;

    /** Level 4 first, as are the generators. */
    private final List<RegionFusion> fusions = new ArrayList<>();

    private final List<PrmGenerator> generators = new ArrayList<>();

    RfNetDecoder(Pyramid pyramid, int modalities, int classes, ConvStyle style) {
        axes = style.axes();
        for (int level = RfNet.LEVELS - 1; level >= 1; level--) {
            Stage stage = Stage.of(pyramid.channels(level), style);
            stage.addTo(level, this::addChildBlock);
            stages.add(stage);
        }
        head = addChildBlock("seg_layer", PaddedConv3d.ofSize1(classes));
        for (int level = RfNet.LEVELS; level >= 1; level--) {
            int channels = pyramid.channels(level);
            fusions.add(
                    addChildBlock(
                            "RFM" + level, new RegionFusion(modalities, channels, classes, style)));
        }
        for (int level = RfNet.LEVELS; level >= 1; level--) {
            int channels = pyramid.channels(level);
            generators.add(
                    addChildBlock(
                            "prm_generator" + level, new PrmGenerator(channels, classes, style)));
        }
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray subset = inputs.get(RfNet.LEVELS);
        NDList maps = new NDList(RfNet.LEVELS);
        NDArray decoded = null;
        try (Upsampler upsampler = new Upsampler(inputs.get(0), Upsampler.Grid.BOTH_ENDS, axes)) {
            for (int i = 0; i < RfNet.LEVELS; i++) {
                Stage stage = i == 0 ? null : stages.get(i - 1);
                if (stage != null) {
                    decoded = stage.enter(pass, decoded, upsampler);
                }
                try (NDArray features = Layers.masked(inputs.get(RfNet.LEVELS - 1 - i), subset)) {
                    PrmGenerator generator = generators.get(i);
                    NDArray map =
                            stage == null
                                    ? pass.apply(generator, features)
                                    : pass.apply(generator, features, decoded);
                    NDArray fused = pass.apply(fusions.get(i), features, map);
                    decoded = stage == null ? fused : stage.merge(pass, fused, decoded);
                    keep(maps, map, upsampler, 1 << (RfNet.LEVELS - 1 - i), pass.training());
                }
            }
        }
        NDList outputs = new NDList();
        try (NDArray logits = pass.applyAndClose(head, decoded)) {
            outputs.add(logits.softmax(1));
        }
        return outputs.addAll(maps);
    }

    /** Puts the map of the next finer level first; outside training nobody looks at it. */
    private static void keep(
            NDList maps, NDArray map, Upsampler upsampler, int factor, boolean training) {
        if (!training) {
            map.close();
        } else if (factor == 1) {
            maps.add(0, map);
        } else {
            maps.add(0, upsampler.pass(map, factor));
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        for (int i = 0; i < RfNet.LEVELS; i++) {
            long[] s = inputShapes[RfNet.LEVELS - 1 - i].getShape();
            Shape all = new Shape(s[0], s[1] * s[2], s[3], s[4], s[5]);
            Shape one = Layers.withChannels(all, s[2]);
            if (i == 0) {
                generators.get(i).initialize(manager, dataType, all);
            } else {
                generators.get(i).initialize(manager, dataType, all, one);
                stages.get(i - 1).initialize(manager, dataType, one);
            }
            fusions.get(i).initialize(manager, dataType, all);
            if (i == RfNet.LEVELS - 1) {
                head.initialize(manager, dataType, one);
            }
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long[] s = inputShapes[0].getShape();
        return head.getOutputShapes(new Shape[] {new Shape(s[0], s[2], s[3], s[4], s[5])});
    }
}
