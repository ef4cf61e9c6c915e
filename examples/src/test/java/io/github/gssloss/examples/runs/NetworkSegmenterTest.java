/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import io.github.gssloss.examples.networks.rfnet.RfNet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSegmenterTest {

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void encodersRunOnceGiveWhatSeparatePassesGive(int classes) {
        Engine.getInstance().setRandomSeed(classes);
        try (NDManager manager = NDManager.newBaseManager()) {
            RfNet network = RfNet.builder().setClasses(classes).optWidth(4).build();
            network.initialize(
                    manager, DataType.FLOAT32, new Shape(1, 4, 16, 16, 24), new Shape(1, 4));
            ParameterStore parameters = new ParameterStore(manager, false);
            NDArray image = manager.randomNormal(new Shape(1, 4, 16, 16, 24));
            UnaryOperator<NDArray> once = new NetworkSegmenter(network, parameters).prepare(image);
            float[] last = {};
            for (ModalitySubset subset : ModalitySubset.PAPER_ORDER) {
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
