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
import io.github.gssloss.examples.networks.Layers;
import io.github.gssloss.examples.networks.PaddedConv3d;
import io.github.gssloss.examples.networks.PaddingMode;
import io.github.gssloss.examples.networks.Upsampler;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder that segments from one modality alone, the same for all of them: they pass it as one
 * batch. Inputs: the features of level 1 to 4, each (B, 4, C, D, H, W); output: the logits (B, 4,
 * classes, D, H, W).
 */
final class BranchDecoder extends AbstractBlock {

    /** Level 3 first. */
    private final List<Stage> stages = new ArrayList<>();

    private final PaddedConv3d head;
    private final int classes;

    BranchDecoder(int width, int classes, PaddingMode padding) {
        this.classes = classes;
        for (int level = RfNet.LEVELS - 1; level >= 1; level--) {
            Stage stage = Stage.of(RfNet.channels(width, level), padding);
            addChildBlock("d" + level + "_c1", stage.enter());
            addChildBlock("d" + level + "_c2", stage.join());
            addChildBlock("d" + level + "_out", stage.out());
            stages.add(stage);
        }
        head = addChildBlock("seg_layer", PaddedConv3d.ofSize1(classes));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray coarsest = inputs.get(RfNet.LEVELS - 1);
        try (Upsampler upsampler = new Upsampler(coarsest)) {
            NDArray x = coarsest.flatten(0, 1);
            for (int i = 0; i < stages.size(); i++) {
                Stage stage = stages.get(i);
                NDArray decoded = stage.enter(parameterStore, x, upsampler, training);
                NDArray skip = inputs.get(RfNet.LEVELS - 2 - i).flatten(0, 1);
                x = stage.merge(parameterStore, decoded, skip, training);
            }
            try (NDArray logits = Layers.pass(head, parameterStore, x, training)) {
                long[] s = logits.getShape().getShape();
                return new NDList(
                        logits.reshape(
                                s[0] / RfNet.MODALITIES, RfNet.MODALITIES, s[1], s[2], s[3], s[4]));
            }
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).initialize(manager, dataType, batched(inputShapes[RfNet.LEVELS - 2 - i]));
        }
        head.initialize(manager, dataType, batched(inputShapes[0]));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long[] s = inputShapes[0].getShape();
        return new Shape[] {new Shape(s[0], s[1], classes, s[3], s[4], s[5])};
    }

    private static Shape batched(Shape grouped) {
        long[] s = grouped.getShape();
        return new Shape(s[0] * s[1], s[2], s[3], s[4], s[5]);
    }
}
