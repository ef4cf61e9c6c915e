/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.Chain;
import io.github.gssloss.networks.ConvStyle;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.PaddedConv3d;

/**
 * Estimates the probability map of every class at a level of C channels (the paper's PRM), where
 * the fusion then weighs the modalities. Inputs: the masked features of all modalities (B, M C, D,
 * H, W) and, below level 4, the decoder's feature (B, C, D, H, W); output: probabilities (B,
 * classes, D, H, W).
 */
final class PrmGenerator extends Layer {

    private static final int HIDDEN = 16;

    private final Chain embedding;
    private final Chain classifier;
    private final int channels;
    private final int classes;

    PrmGenerator(int channels, int classes, ConvStyle style) {
        this.channels = channels;
        this.classes = classes;
        embedding =
                addChildBlock(
                        "embedding_layer",
                        new Chain(
                                style.size1(channels / 4),
                                style.size3(channels / 4, 1),
                                style.size1(channels)));
        classifier =
                addChildBlock(
                        "prm_layer", new Chain(style.size1(HIDDEN), PaddedConv3d.ofSize1(classes)));
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray feature = pass.apply(embedding, inputs.get(0));
        if (inputs.size() > 1) {
            try (NDArray embedded = feature) {
                feature = inputs.get(1).concat(embedded, 1);
            }
        }
        try (NDArray logits = pass.applyAndClose(classifier, feature)) {
            return new NDList(logits.softmax(1));
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        embedding.initialize(manager, dataType, inputShapes[0]);
        classifier.initialize(
                manager,
                dataType,
                Layers.withChannels(inputShapes[0], (long) inputShapes.length * channels));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {Layers.withChannels(inputShapes[0], classes)};
    }
}
