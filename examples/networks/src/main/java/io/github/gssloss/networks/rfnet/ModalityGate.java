/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gssloss.networks.ConvBlock;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.PaddedConv3d;

/**
 * How much each modality counts for one class: 1^3 convolution to 128, leaky ReLU, 1^3 convolution
 * to the modalities, sigmoid. Input: the class's descriptor (B, 4C + 1, 1, 1, 1); output (B, 4, 1,
 * 1, 1) in 0..1.
 */
final class ModalityGate extends AbstractBlock {

    private static final int HIDDEN = 128;

    private final PaddedConv3d hidden;
    private final PaddedConv3d weights;

    ModalityGate() {
        // The published names count the activation between the two convolutions.
        hidden = addChildBlock("0", PaddedConv3d.ofSize1(HIDDEN));
        weights = addChildBlock("2", PaddedConv3d.ofSize1(RfNet.MODALITIES));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray descriptor = inputs.singletonOrThrow();
        try (NDArray response = Layers.apply(hidden, parameterStore, descriptor, training)) {
            NDArray active = Activation.leakyRelu(response, ConvBlock.SLOPE);
            try (NDArray score = Layers.pass(weights, parameterStore, active, training)) {
                return new NDList(Activation.sigmoid(score));
            }
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        hidden.initialize(manager, dataType, inputShapes);
        weights.initialize(manager, dataType, hidden.getOutputShapes(inputShapes));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {Layers.withChannels(inputShapes[0], RfNet.MODALITIES)};
    }
}
