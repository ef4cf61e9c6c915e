/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as others write it: two modalities, each with a U-Net of two levels, batch
 * normalisation and dropout, whose last features are fused. It gives fused probabilities, then
 * logits or probabilities of both branches, also in evaluation.
 */
final class SmallUnet extends AbstractBlock {

    private final List<Block> fine = new ArrayList<>();
    private final List<Block> coarse = new ArrayList<>();
    private final List<Block> joined = new ArrayList<>();
    private final List<Block> heads = new ArrayList<>();
    private final Block fusion;
    private final OutputKind kind;

    SmallUnet(OutputKind kind) {
        this.kind = kind;
        Shape two = new Shape(2, 2);
        for (int m = 0; m < 2; m++) {
            fine.add(addChildBlock("fine" + m, level(8)));
            Block lower = new SequentialBlock().add(Pool.maxPool2dBlock(two, two)).add(level(16));
            coarse.add(addChildBlock("coarse" + m, lower));
            joined.add(addChildBlock("joined" + m, level(8)));
            heads.add(addChildBlock("head" + m, TwoBranchNet.conv(1, TwoBranchNet.CLASSES)));
        }
        fusion = addChildBlock("fusion", TwoBranchNet.conv(3, TwoBranchNet.CLASSES));
    }

    private static Block level(int filters) {
        return new SequentialBlock()
                .add(TwoBranchNet.conv(3, filters))
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.1f).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList features = new NDList();
        NDList branches = new NDList();
        for (int m = 0; m < 2; m++) {
            NDList modality = new NDList(inputs.get(0).get(":, {}:{}", m, m + 1));
            NDList above = fine.get(m).forward(store, modality, training);
            NDArray below = coarse.get(m).forward(store, above, training).get(0);
            NDArray both = above.get(0).concat(below.repeat(2, 2).repeat(3, 2), 1);
            NDList last = joined.get(m).forward(store, new NDList(both), training);
            features.addAll(last);
            NDArray logits = heads.get(m).forward(store, last, training).get(0);
            branches.add(kind == OutputKind.LOGITS ? logits : logits.softmax(1));
        }
        NDList all = new NDList(NDArrays.concat(features, 1));
        NDArray fused = fusion.forward(store, all, training).get(0).softmax(1);
        return new NDList(fused).addAll(branches);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        Shape in = shapes[0];
        for (int m = 0; m < 2; m++) {
            fine.get(m).initialize(manager, type, TwoBranchNet.channels(in, 1));
            coarse.get(m).initialize(manager, type, TwoBranchNet.channels(in, 8));
            joined.get(m).initialize(manager, type, TwoBranchNet.channels(in, 24));
            heads.get(m).initialize(manager, type, TwoBranchNet.channels(in, 8));
        }
        fusion.initialize(manager, type, TwoBranchNet.channels(in, 16));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        Shape output = TwoBranchNet.channels(shapes[0], TwoBranchNet.CLASSES);
        return new Shape[] {output, output, output};
    }
}
