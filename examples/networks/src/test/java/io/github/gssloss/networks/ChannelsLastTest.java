/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another order in memory changes no result. */
class ChannelsLastTest {

    private static final Shape ONES = new Shape(1, 1, 1);

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        Engine.getInstance().setRandomSeed(5);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void valuesKeepTheirPlaces() {
        NDArray x = manager.randomNormal(new Shape(2, 3, 4, 5, 6));

        NDArray ordered = ChannelsLast.of(x);

        assertThat(ordered).isEqualTo(x);
        assertThat(ChannelsLast.undo(ordered)).isEqualTo(x);
    }

    @Test
    void itPaysWhereChannelsAreFew() {
        assertThat(ChannelsLast.pays(manager.zeros(new Shape(1, 1, 2, 2, 2)))).isFalse();
        assertThat(ChannelsLast.pays(manager.zeros(new Shape(1, 2, 2, 2, 2)))).isTrue();
        assertThat(ChannelsLast.pays(manager.zeros(new Shape(1, 15, 2, 2, 2)))).isTrue();
        assertThat(ChannelsLast.pays(manager.zeros(new Shape(1, 16, 2, 2, 2)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"8, 8, FLOAT32, 1e-5", "3, 5, FLOAT32, 1e-5", "8, 4, FLOAT64, 1e-12"})
    void aConvolutionAndItsGradientsAreThoseOfTheOrdinaryOrder(
            int channels, int filters, DataType type, double tolerance) {
        NDArray x = manager.randomNormal(0, 1, new Shape(2, channels, 6, 7, 8), type);
        NDArray seen = manager.randomNormal(0, 1, new Shape(2, filters, 6, 7, 8), type);
        PaddedConv3d conv = PaddedConv3d.ofSize3(filters, 1, PaddingMode.ZEROS, Axes.ALL);
        conv.initialize(manager, type, x.getShape());
        ParameterStore store = new ParameterStore(manager, false);
        NDArray weight = conv.getParameters().get("weight").getArray();
        NDArray bias = conv.getParameters().get("bias").getArray();
        NDList leaves = new NDList(x, weight, bias);

        NDList actual =
                withGradients(leaves, seen, () -> conv.forward(store, new NDList(x), true).head());
        NDList expected =
                withGradients(
                        leaves,
                        seen,
                        () -> Conv3d.conv3d(x, weight, bias, ONES, ONES, ONES, 1).head());

        for (int i = 0; i < expected.size(); i++) {
            double largest = expected.get(i).abs().max().toType(DataType.FLOAT64, true).getDouble();
            NDArray difference = actual.get(i).sub(expected.get(i)).abs().max();
            assertThat(largest).isPositive();
            assertThat(difference.toType(DataType.FLOAT64, true).getDouble())
                    .isLessThan(tolerance * largest);
        }
    }

    /** The value, and its gradients where each of its numbers is weighed by another. */
    private static NDList withGradients(NDList leaves, NDArray seen, Supplier<NDArray> function) {
        NDList results = new NDList();
        leaves.forEach(leaf -> leaf.setRequiresGradient(true));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.zeroGradients();
            NDArray value = function.get();
            collector.backward(value.mul(seen).sum());
            results.add(value.stopGradient());
        }
        for (NDArray leaf : leaves) {
            results.add(leaf.getGradient().duplicate());
            leaf.setRequiresGradient(false);
        }
        return results;
    }
}
