/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.mmformer.MmFormer;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.robustseg.RobustSeg;
import io.github.gssloss.networks.uhved.Uhved;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Encoders that run once for all subsets give, to the bit, what separate passes give. */
class NetworkSegmenterTest {

    @Test
    void rfnet() {
        RfNet.Builder builder = RfNet.builder().optWidth(4);
        onceIsAsGoodAsEachTime(builder.setClasses(4).build(), new Shape(1, 4, 16, 16, 24));
        onceIsAsGoodAsEachTime(builder.setClasses(5).build(), new Shape(1, 4, 16, 16, 16));
    }

    @Test
    void mmformer() {
        MmFormer network =
                MmFormer.builder()
                        .setClasses(4)
                        .optWidth(2)
                        .optPatch(2)
                        .optHeads(4)
                        .optTokenWidth(16)
                        .optHiddenWidth(32)
                        .build();
        onceIsAsGoodAsEachTime(network, new Shape(1, 4, 32, 32, 32));
    }

    @Test
    void robustSeg() {
        RobustSeg network = RobustSeg.builder().setClasses(4).optWidth(2).build();
        onceIsAsGoodAsEachTime(network, new Shape(1, 4, 16, 16, 24));
    }

    @Test
    void uhved() {
        Uhved network = Uhved.builder().setClasses(4).optWidth(4).build();
        onceIsAsGoodAsEachTime(network, new Shape(1, 4, 16, 16, 24));
    }

    private static void onceIsAsGoodAsEachTime(ModalityNetwork network, Shape shape) {
        Engine.getInstance().setRandomSeed(1);
        try (NDManager manager = NDManager.newBaseManager()) {
            network.initialize(manager, DataType.FLOAT32, shape, new Shape(1, 4));
            ParameterStore parameters = new ParameterStore(manager, false);
            NDArray image = manager.randomNormal(shape);
            UnaryOperator<NDArray> once = new NetworkSegmenter(network, parameters).prepare(image);
            float[] last = {};
            for (ModalitySubset subset : Brats.BRATS2020.subsets()) {
                NDArray mask = subset.toArray(manager);
                float[] shared = once.apply(mask).toFloatArray();
                float[] separate =
                        network.forward(parameters, new NDList(image, mask), false)
                                .singletonOrThrow()
                                .toFloatArray();

                assertThat(shared).as(subset.label()).isEqualTo(separate).isNotEqualTo(last);
                last = shared;
            }
        }
    }
}
