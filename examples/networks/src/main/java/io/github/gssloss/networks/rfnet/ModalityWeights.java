/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.github.gssloss.networks.Chain;
import io.github.gssloss.networks.ConvBlock;
import io.github.gssloss.networks.ForwardPass;
import io.github.gssloss.networks.Layer;
import io.github.gssloss.networks.PaddedConv3d;
import java.util.ArrayList;
import java.util.List;

/**
 * The weight of every modality for every class, each class by a gate of its own. Input: descriptors
 * (B, classes, M C + 1) of M modalities; output (B, classes, M) in 0..1.
 */
final class ModalityWeights extends Layer {

    private static final int HIDDEN = 128;

    private final List<Chain> gates = new ArrayList<>();

    private final int modalities;

    ModalityWeights(int modalities, int classes) {
        this.modalities = modalities;
        for (int k = 0; k < classes; k++) {
            gates.add(
                    addChildBlock(
                            Integer.toString(k), Chain.named("weight_layer", gate(modalities))));
        }
    }

    /**
     * How much each modality counts for one class: 1^3 convolution to 128, leaky ReLU, 1^3
     * convolution to the modalities, sigmoid. Input: the class's descriptor (B, M C + 1, 1, 1, 1);
     * output (B, M, 1, 1, 1) in 0..1.
     */
    private static Chain gate(int modalities) {
        return new Chain(
                PaddedConv3d.ofSize1(HIDDEN),
                Activation.leakyReluBlock(ConvBlock.SLOPE),
                PaddedConv3d.ofSize1(modalities),
                Activation.sigmoidBlock());
    }

    @Override
    protected NDList forward(ForwardPass pass, NDList inputs) {
        NDArray descriptors = inputs.singletonOrThrow();
        Shape one = gateShape(descriptors.getShape());
        try (NDList weights = new NDList(gates.size())) {
            for (int k = 0; k < gates.size(); k++) {
                try (NDArray row = descriptors.get(":,{}", k);
                        NDArray descriptor = row.reshape(one);
                        NDArray weight = pass.apply(gates.get(k), descriptor)) {
                    weights.add(weight.reshape(one.get(0), modalities));
                }
            }
            return new NDList(NDArrays.stack(weights, 1));
        }
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        gates.forEach(gate -> gate.initialize(manager, dataType, gateShape(inputShapes[0])));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), gates.size(), modalities)};
    }

    private static Shape gateShape(Shape descriptors) {
        return new Shape(descriptors.get(0), descriptors.get(2), 1, 1, 1);
    }
}
