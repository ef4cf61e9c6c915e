/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.gssloss.networks.Layers;
import io.github.gssloss.networks.Named;
import java.util.ArrayList;
import java.util.List;

/**
 * The weight of every modality for every class, each class by a {@link ModalityGate} of its own.
 * Input: descriptors (B, classes, 4C + 1); output (B, classes, 4) in 0..1.
 */
final class ModalityWeights extends AbstractBlock {

    private final List<Named> gates = new ArrayList<>();

    ModalityWeights(int classes) {
        for (int k = 0; k < classes; k++) {
            gates.add(
                    addChildBlock(
                            Integer.toString(k), new Named("weight_layer", new ModalityGate())));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray descriptors = inputs.singletonOrThrow();
        Shape one = gateShape(descriptors.getShape());
        try (NDList weights = new NDList(gates.size())) {
            for (int k = 0; k < gates.size(); k++) {
                try (NDArray row = descriptors.get(":,{}", k);
                        NDArray descriptor = row.reshape(one);
                        NDArray weight =
                                Layers.apply(gates.get(k), parameterStore, descriptor, training)) {
                    weights.add(weight.reshape(one.get(0), RfNet.MODALITIES));
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
        return new Shape[] {new Shape(inputShapes[0].get(0), gates.size(), RfNet.MODALITIES)};
    }

    private static Shape gateShape(Shape descriptors) {
        return new Shape(descriptors.get(0), descriptors.get(2), 1, 1, 1);
    }
}
