/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.Chain;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.PaddedConv3d;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.Stage;
import io.github.gssloss.networks.Upsampler;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder that fuses the modalities of a subset. Inputs: the features of level 1 to 4, each (B,
 * M, C, D, H, W), the feature (B, M C, D, H, W) that the transformer across modalities makes of
 * level 5, and the subset (B, M) as 0 and 1 of the features' data type; it zeroes the features of
 * the others. Outputs: the fused probabilities (B, classes, D, H, W) and, in training, the
 * probabilities of level 2 to 5 at full resolution.
 *
 * <p>A level is fused from M times its channels, one share a modality. (The published network
 * counts the classes there, and so works with as many classes as modalities only.)
 */
final class MmFormerDecoder extends Layer {

    /** Level 4 first. */
    private final List<Stage> stages = new ArrayList<>();

    /** Level 5 first, as are the heads, of which the last is that of level 1. */
    private final List<Block> fusions = new ArrayList<>();

    private final List<PaddedConv3d> heads = new ArrayList<>();
    private final Axes axes;

    MmFormerDecoder(Pyramid pyramid, int classes, ConvStyle style, PaddingMode fusionPadding) {
        ConvStyle fusing = new ConvStyle(style.order(), fusionPadding, style.axes());
        axes = style.axes();
        for (int level = MmFormer.LEVELS - 1; level >= 1; level--) {
            Stage stage = Stage.of(pyramid.channels(level), style);
            stage.addTo(level, this::addChildBlock);
            stages.add(stage);
            heads.add(addChildBlock("seg_d" + level, PaddedConv3d.ofSize1(classes)));
        }
        heads.add(addChildBlock("seg_layer", PaddedConv3d.ofSize1(classes)));
        for (int level = MmFormer.LEVELS; level >= 1; level--) {
            int channels = pyramid.channels(level);
            Chain fusion =
                    new Chain(
                            fusing.size1(channels),
                            fusing.size3(channels, 1),
                            fusing.size1(channels));
            fusions.add(addChildBlock("RFM" + level, Chain.named("fusion_layer", fusion)));
        }
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDList auxiliary = new NDList(heads.size() - 1);
        NDArray joined = inputs.get(MmFormer.LEVELS - 1);
        NDArray subset = inputs.get(MmFormer.LEVELS);
        try (Upsampler upsampler = new Upsampler(joined, Upsampler.Grid.BOTH_ENDS, axes)) {
            NDArray x = pass.apply(fusions.get(0), joined);
            for (int i = 0; i < stages.size(); i++) {
                if (pass.training()) {
                    NDArray seen = probabilities(i, pass, x);
                    auxiliary.add(0, upsampler.pass(seen, 1 << (stages.size() - i)));
                }
                NDArray coarse = stages.get(i).enter(pass, x, upsampler);
                NDArray features = Layers.masked(inputs.get(MmFormer.LEVELS - 2 - i), subset);
                NDArray fused = pass.applyAndClose(fusions.get(i + 1), features);
                x = stages.get(i).merge(pass, fused, coarse);
            }
            try (NDArray finest = x) {
                NDList outputs = new NDList(probabilities(stages.size(), pass, finest));
                return outputs.addAll(auxiliary);
            }
        }
    }

    /** Applies a head and leaves the feature open. */
    private NDArray probabilities(int head, ForwardPass pass, NDArray x) {
        try (NDArray logits = pass.apply(heads.get(head), x)) {
            return logits.softmax(1);
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        for (int i = 0; i < fusions.size(); i++) {
            Shape level = inputShapes[MmFormer.LEVELS - 1 - i];
            Shape all = new Shape(level.get(0), level.get(1) * level.get(2)).addAll(level.slice(3));
            Shape one = Layers.withChannels(all, level.get(2));
            fusions.get(i).initialize(manager, dataType, all);
            heads.get(i).initialize(manager, dataType, one);
            if (i > 0) {
                stages.get(i - 1).initialize(manager, dataType, one);
            }
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape level = inputShapes[0];
        Shape one = new Shape(level.get(0), level.get(2)).addAll(level.slice(3));
        return heads.get(heads.size() - 1).getOutputShapes(new Shape[] {one});
    }
}
