/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * A small network of a user's own: two modalities, three classes, 2-D. It gives fused
 * probabilities, then the logits of both branches.
 */
final class TwoBranchNet extends AbstractBlock {

    static final int CLASSES = 3;
    private static final int WIDTH = 6;

    private final List<Block> encoders = new ArrayList<>();
    private final List<Block> heads = new ArrayList<>();
    private final Block fusion;

    TwoBranchNet() {
        for (int m = 0; m < 2; m++) {
            encoders.add(addChildBlock("encoder" + m, conv(3, WIDTH)));
            heads.add(addChildBlock("head" + m, conv(1, CLASSES)));
        }
        fusion = addChildBlock("fusion", conv(3, CLASSES));
    }

    /** A convolution that keeps height and width. */
    static Block conv(int kernel, int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .setFilters(filters)
                .build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        // [forward
        NDList features = new NDList();
        NDList logits = new NDList();
        for (int m = 0; m < 2; m++) {
            NDArray modality = inputs.get(0).get(":, {}:{}", m, m + 1);
            NDArray feature =
                    encoders.get(m).forward(store, new NDList(modality), training).get(0).tanh();
            features.add(feature);
            logits.add(heads.get(m).forward(store, new NDList(feature), training).get(0));
        }
        NDList joined = new NDList(NDArrays.concat(features, 1));
        NDList outputs = new NDList(fusion.forward(store, joined, training).get(0).softmax(1));
        return outputs.addAll(logits);
        // forward]
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        Shape in = shapes[0];
        for (int m = 0; m < 2; m++) {
            encoders.get(m).initialize(manager, type, channels(in, 1));
            heads.get(m).initialize(manager, type, channels(in, WIDTH));
        }
        fusion.initialize(manager, type, channels(in, 2 * WIDTH));
    }

    /** The shape of images with so many channels. */
    static Shape channels(Shape images, long channels) {
        return new Shape(images.get(0), channels, images.get(2), images.get(3));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
        return new Shape[] {channels(shapes[0], CLASSES)};
    }
}
