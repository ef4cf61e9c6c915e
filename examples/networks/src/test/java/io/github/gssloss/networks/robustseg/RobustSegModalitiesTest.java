/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.github.gssloss.networks.BlockTest;
import io.github.gssloss.networks.GradientCheck;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any number of modalities, any of them missing, any number of samples. */
class RobustSegModalitiesTest extends BlockTest {

    private static final String MIDDLE = "1";

    RobustSegModalitiesTest() {
        super(37);
    }

    private RobustSeg network(int modalities, int classes, boolean shared) {
        RobustSeg network =
                RobustSeg.builder()
                        .setClasses(classes)
                        .optModalities(modalities)
                        .optWidth(2)
                        .optSharedLastConvolution(shared)
                        .build();
        network.initialize(
                manager,
                DataType.FLOAT32,
                new Shape(2, modalities, 16, 16, 24),
                new Shape(2, modalities));
        // The published initial weights are so small that much of a float32 result is rounding.
        BlockWeights.parameters(network).forEach(this::vary);
        return network;
    }

    private void vary(String name, Parameter parameter) {
        NDArray values = parameter.getArray().stopGradient();
        double inputs = (double) values.size() / values.getShape().get(0);
        float deviation = name.endsWith("weight") ? (float) Math.sqrt(1 / inputs) : 0.1f;
        values.addi(manager.randomNormal(0f, deviation, values.getShape(), DataType.FLOAT32));
    }

    private NDArray images(int modalities) {
        return manager.randomNormal(new Shape(2, modalities, 16, 16, 24));
    }

    @ParameterizedTest
    @CsvSource({"1,2,true", "2,3,false", "5,5,true"})
    void forwardAndBackwardReachEveryWeight(int modalities, int classes, boolean shared) {
        RobustSeg network = network(modalities, classes, shared);
        NDArray x = images(modalities);
        NDArray subset = manager.ones(new Shape(2, modalities));
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList outputs = network.forward(store, new NDList(x, subset), true);
            assertThat(outputs)
                    .extracting(NDArray::getName)
                    .isEqualTo(network.outputNames())
                    .hasSize(1 + 2 * modalities + 1 + 3);
            Shape expected = new Shape(2, classes, 16, 16, 24);
            for (NDArray output : outputs.subList(0, 1 + modalities)) {
                assertThat(output.getShape()).isEqualTo(expected);
            }
            assertThat(outputs.get("recon").getShape()).isEqualTo(x.getShape());
            NDArray sum = manager.zeros(new Shape());
            // The decay would give every weight a gradient.
            for (NDArray output : outputs.subList(0, outputs.size() - 1)) {
                sum = sum.add(output.mul(manager.randomNormal(output.getShape())).sum());
            }
            collector.backward(sum);
        }

        BlockWeights.parameters(network)
                .forEach(
                        (name, parameter) ->
                                assertThat(GradientCheck.largest(parameter.getArray()))
                                        .as(name)
                                        .isFinite()
                                        // A bias before a norm has none.
                                        .isGreaterThan(name.endsWith("bias") ? -1 : 0));
        assertThat(network.layout().numBranches()).isEqualTo(modalities);
    }

    @ParameterizedTest
    @CsvSource({"2,true", "3,true", "5,false"})
    void aMissingImageChangesItsOwnBranchAndReconstructionOnly(int modalities, boolean shared) {
        RobustSeg network = network(modalities, 3, shared);
        NDArray x = images(modalities);
        NDArray subset = manager.ones(new Shape(2, modalities));
        subset.get(":,1").subi(1);
        NDArray other = x.duplicate();
        other.get(":,1").addi(manager.randomNormal(new Shape(2, 16, 16, 24)));

        NDList before = network.forward(store, new NDList(x, subset, subset), true);
        NDList after = network.forward(store, new NDList(other, subset, subset), true);

        for (NDArray output : before) {
            String name = output.getName();
            if (!"recon".equals(name)) {
                assertThat(distance(output, after.get(name)) > 0)
                        .as(name)
                        .isEqualTo(name.endsWith("_" + MIDDLE));
            }
        }
        for (int m = 0; m < modalities; m++) {
            NDArray image = before.get("recon").get(":,{}", m);
            NDArray changed = after.get("recon").get(":,{}", m);
            assertThat(distance(image, changed) > 0).as("reconstruction " + m).isEqualTo(m == 1);
        }
    }

    /** A modality that the fusion may not use, but exists, has its losses. */
    @Test
    void lossesAreOfTheImagesThatExistNotOfTheSubset() {
        RobustSeg network = network(2, 3, true);
        NDArray x = images(2);
        NDArray subset = manager.create(new float[][] {{1, 0}, {1, 0}});
        NDArray all = manager.ones(new Shape(2, 2));

        NDList without = network.forward(store, new NDList(x, subset), true);
        NDList given = network.forward(store, new NDList(x, subset, all), true);
        NDList missing = network.forward(store, new NDList(x, subset, subset), true);

        NDArray error = x.sub(without.get("recon")).abs();
        float first = error.get(":,0").mean().getFloat();
        float second = error.get(":,1").mean().getFloat();
        assertThat(without.get("l1").getFloat()).isCloseTo(first + second, within(1e-4f));
        assertThat(missing.get("l1").getFloat()).isCloseTo(first, within(1e-4f));
        assertThat(missing.get("kl").getFloat()).isLessThan(given.get("kl").getFloat());
        for (String name : network.outputNames()) {
            assertThat(given.get(name).toFloatArray()).isEqualTo(without.get(name).toFloatArray());
        }
    }

    /** The decay of weights aside, which no sample has a part in, and the losses are means. */
    @Test
    void twoSamplesGiveWhatEachGivesAlone() {
        RobustSeg network = network(3, 4, true);
        NDArray x = images(3);
        NDArray subset = manager.create(new float[][] {{1, 0, 1}, {0, 1, 0}});

        NDList both = network.forward(store, new NDList(x, subset), true);

        for (int b = 0; b < 2; b++) {
            String one = b + ":" + (b + 1);
            NDList alone = network.forward(store, new NDList(x.get(one), subset.get(one)), true);
            for (int i = 0; i < both.size() - 3; i++) {
                assertThat(distance(both.get(i).get(one), alone.get(i)))
                        .as(alone.get(i).getName())
                        .isLessThan(1e-4);
            }
            assertThat(alone.get("l2").getFloat()).isEqualTo(both.get("l2").getFloat());
        }
        for (String name : new String[] {"l1", "kl"}) {
            double mean =
                    Arrays.stream(new String[] {"0:1", "1:2"})
                            .mapToDouble(
                                    one ->
                                            network.forward(
                                                            store,
                                                            new NDList(x.get(one), subset.get(one)),
                                                            true)
                                                    .get(name)
                                                    .getFloat())
                            .average()
                            .orElseThrow();
            assertThat((double) both.get(name).getFloat()).isCloseTo(mean, within(1e-4 * mean));
        }
    }

    @Test
    void nobodyInTheSubsetStillGivesProbabilities() {
        RobustSeg network = network(2, 3, true);
        NDArray none = manager.zeros(new Shape(2, 2));

        NDArray fused = network.forward(store, new NDList(images(2), none), false).head();

        assertThat((double) fused.sum(new int[] {1}).sub(1).abs().max().getFloat())
                .isLessThan(1e-5);
    }

    @Test
    void refusesSettingsThatMakeNoNetwork() {
        assertThatThrownBy(() -> RobustSeg.builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("classes: expected at least 2, got 0");
        assertThatThrownBy(() -> RobustSeg.builder().setClasses(4).optModalities(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("modalities: expected at least 1, got 0");
        assertThatThrownBy(() -> RobustSeg.builder().setClasses(4).optWidth(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width: expected at least 1, got 0");
    }

    @ParameterizedTest
    @CsvSource({"2,20,16,16", "2,16,16,8", "3,16,16,16"})
    void refusesImagesThatDoNotHalveThreeTimes(long m, long d, long h, long w) {
        RobustSeg network = network(2, 2, true);
        NDArray x = manager.zeros(new Shape(1, m, d, h, w));

        assertThatThrownBy(
                        () ->
                                network.forward(
                                        store, new NDList(x, manager.ones(new Shape(1, 2))), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "x: expected shape (B, 2, D, H, W) with D, H, W divisible by 8 and at least"
                                + " 16, got "
                                + x.getShape());
    }

    private static double distance(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        return actual.sub(expected).abs().max().getFloat();
    }
}
