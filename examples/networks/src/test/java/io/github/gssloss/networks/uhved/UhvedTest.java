/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.Axes;
import io.github.gssloss.networks.BlockTest;
import io.github.gssloss.networks.GradientCheck;
import io.github.gssloss.networks.Upsampler;
import io.github.gssloss.networks.rfnet.RfNet;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UhvedTest extends BlockTest {
    UhvedTest() {
        super(31);
    }

    @ParameterizedTest
    @CsvSource({"4,1250552", "5,1250556"})
    void publishedSizeHasItsNumberOfParameters(int classes, long expected) {
        Uhved network = Uhved.builder().setClasses(classes).build();
        network.initialize(
                manager, DataType.FLOAT32, new Shape(1, 4, 112, 112, 112), new Shape(1, 4));
        Map<String, Parameter> parameters = BlockWeights.parameters(network);

        assertThat(parameters).hasSize(195);
        assertThat(size(parameters, "")).isEqualTo(expected);
        assertThat(size(parameters, "encoder.2.")).isEqualTo(221_560);
        assertThat(size(parameters, "recon.3.")).isEqualTo(72_860);
        assertThat(size(parameters, "seg.")).isEqualTo(72_856 + 4L * classes);
    }

    private static long size(Map<String, Parameter> parameters, String prefix) {
        return parameters.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> entry.getValue().getArray().size())
                .sum();
    }

    @Test
    void kernelsStartHeNormalWithoutLargeValues() {
        Uhved network = UhvedCases.network(manager, 4, 4, 8);
        NDArray kernel =
                BlockWeights.parameters(network).get("encoder.1.block_4.conv_1.weight").getArray();
        double deviation = Math.sqrt(2.0 / (64 * 27));

        assertThat(kernel.abs().max().getFloat())
                .isBetween(1.95f * (float) deviation, 2.0001f * (float) deviation);
        // The variance of a standard normal distribution cut off at 2 is 0.774.
        assertThat(kernel.square().mean().getFloat() / deviation / deviation)
                .isCloseTo(0.774, within(0.01));
        assertThat(
                        BlockWeights.parameters(network)
                                .get("seg.block_1.in_0.gamma")
                                .getArray()
                                .toFloatArray())
                .containsOnly(1);
    }

    @Test
    void upsamplingRepeatsTheLastVoxel() {
        NDArray x = manager.arange(4f).reshape(1, 1, 1, 1, 4);
        NDArray block = x.broadcast(new Shape(1, 1, 2, 3, 4));

        try (Upsampler upsampler = new Upsampler(x, Upsampler.Grid.FIRST, Axes.ALL)) {
            float[] row = {0, .5f, 1, 1.5f, 2, 2.5f, 3, 3};
            NDArray wide = upsampler.apply(block, 2);
            assertThat(wide.getShape()).isEqualTo(new Shape(1, 1, 4, 6, 8));
            assertThat(wide.get(0, 0, 3, 5).toFloatArray()).containsExactly(row);
            NDArray deep = upsampler.apply(x.reshape(1, 1, 4, 1, 1), 2);
            assertThat(deep.get(":,:,:,0,0").toFloatArray()).containsExactly(row);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,2,2", "2,5,4", "3,2,2", "5,5,2"})
    void anyNumberOfModalitiesAndClassesLearns(int modalities, int classes, int width) {
        Uhved network = UhvedCases.network(manager, modalities, classes, width);
        NDArray x = manager.randomNormal(new Shape(2, modalities, 16, 24, 16));
        NDArray all = manager.ones(new Shape(2, modalities));

        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList outputs = network.forward(store, new NDList(x, all, all), true);
            assertThat(outputs).hasSize(5 + 2 * modalities);
            assertThat(network.layout().numOutputs()).isEqualTo(outputs.size());
            assertThat(network.layout().branchLogits(outputs))
                    .hasSize(modalities)
                    .extracting(NDArray::getShape)
                    .containsOnly(new Shape(2, classes, 16, 24, 16));
            NDArray sum = outputs.get("fused").square().mean().add(outputs.get("kl"));
            sum = sum.add(outputs.get("mse")).add(outputs.get("l2"));
            collector.backward(sum);
        }
        BlockWeights.parameters(network)
                .forEach(
                        (name, weight) ->
                                assertThat(GradientCheck.largest(weight.getArray()))
                                        .as(name)
                                        .isFinite()
                                        .isPositive());
    }

    @Test
    void theSeedOfTheEngineDecidesTheNoise() {
        Uhved network = UhvedCases.network(manager, 2, 2, 2);
        NDList inputs = new NDList(UhvedCases.images(manager, 1, 2), manager.ones(new Shape(1, 2)));

        Engine.getInstance().setRandomSeed(1);
        NDArray first = network.forward(store, inputs, true).head();
        NDArray second = network.forward(store, inputs, true).head();
        Engine.getInstance().setRandomSeed(1);
        NDArray again = network.forward(store, inputs, true).head();

        assertThat(again.contentEquals(first)).isTrue();
        assertThat(second.contentEquals(first)).isFalse();
    }

    @Test
    void aForwardPassLeavesItsOutputsOnly() {
        Uhved network = UhvedCases.network(manager, 3, 2, 2);
        network.forward(
                store,
                new NDList(UhvedCases.images(manager, 1, 3), manager.ones(new Shape(1, 3))),
                true);
        int held = manager.getManagedArrays().size();
        try (NDManager scope = manager.newSubManager()) {
            NDList inputs =
                    new NDList(
                            scope.randomNormal(new Shape(1, 3, 16, 16, 16)),
                            scope.ones(new Shape(1, 3)));
            int before = scope.getManagedArrays().size();

            NDList trained = network.forward(store, inputs, true);
            assertThat(scope.getManagedArrays()).hasSize(before + 11);
            trained.close();
            network.forward(store, inputs, false);
            assertThat(scope.getManagedArrays()).hasSize(before + 1);
        }
        assertThat(manager.getManagedArrays()).hasSize(held);
    }

    @Test
    void isMadeFromAFileOfWeights(@TempDir Path folder) {
        Uhved network = UhvedCases.network(manager, 3, 5, 4);
        Path file = folder.resolve("weights.npz");
        BlockWeights.save(network, file);

        Uhved loaded = Uhved.load(file, manager);

        NDList inputs = new NDList(UhvedCases.images(manager, 1, 3), manager.ones(new Shape(1, 3)));
        assertThat(loaded.forward(store, inputs, false).head())
                .isEqualTo(network.forward(store, inputs, false).head());
        assertThatThrownBy(() -> RfNet.load(file, manager))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        file
                                + ": does not fit the network: missing"
                                + " <modality>_encoder.e1_c1.conv.weight");
    }

    @Test
    void refusesWhatItCannotTake() {
        Uhved network = UhvedCases.network(manager, 2, 2, 2);
        NDArray all = manager.ones(new Shape(1, 2));
        NDArray x = manager.zeros(new Shape(1, 2, 16, 20, 16));

        refuses(
                () -> network.forward(store, new NDList(x, all), true),
                "x: expected shape (B, 2, D, H, W) with D, H, W divisible by 8 and at least 16, got"
                        + " (1, 2, 16, 20, 16)");
        refuses(() -> Uhved.builder().build(), "classes: expected at least 2, got 0");
        refuses(
                () -> Uhved.builder().setClasses(2).optWidth(3).build(),
                "width: expected a positive even number, got 3");
        refuses(
                () -> Uhved.builder().setClasses(2).optModalities(0).build(),
                "modalities: expected at least 1, got 0");
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
