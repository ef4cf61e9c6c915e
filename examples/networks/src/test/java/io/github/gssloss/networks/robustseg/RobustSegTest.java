/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import static io.github.gssloss.networks.robustseg.RobustSegGolden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobustSegTest {

    private NDManager manager;
    private ParameterStore store;
    private RobustSegGolden golden;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        golden = RobustSegGolden.read(manager);
        Engine.getInstance().setRandomSeed(31);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void outputsAreThoseOfTheIndependentImplementation() {
        NDList outputs = golden.network(manager).forward(store, golden.inputs(), true);

        assertClose("fused", outputs.get("fused"), golden.output("fused"));
        assertClose("recon", outputs.get("recon"), golden.output("recon"));
        for (int m = 0; m < golden.modalities(); m++) {
            NDArray logits = golden.output("branch_logits_" + m);
            assertClose("logits " + m, outputs.get("branch_logits_" + m), logits);
            assertClose("branch " + m, outputs.get("branch_prob_" + m), logits.softmax(1));
        }
    }

    @Test
    void whatLiesBetweenIsThatOfTheIndependentImplementation() {
        NDList between = golden.network(manager).inspect(store, golden.x(), golden.subset());

        for (NDArray array : between) {
            String name = array.getName();
            switch (name) {
                case "l1", "kl" -> {
                    double[] losses = golden.loss(name);
                    assertThat(array.getShape()).isEqualTo(new Shape(losses.length));
                    for (int m = 0; m < losses.length; m++) {
                        assertThat((double) array.getFloat(m))
                                .isCloseTo(losses[m], withinPercentage(1e-3));
                    }
                }
                case "fused_logits" -> assertClose(name, array, golden.output(name));
                case "content_1", "content_2", "content_3", "content_4" ->
                        assertClose(
                                name,
                                array.get(":,0"),
                                golden.middle(name.replace("content", "content_0")));
                default -> assertClose(name, array, golden.middle(name));
            }
        }
        assertThat(between).hasSize(18);
    }

    @ParameterizedTest
    @ValueSource(strings = {"l1", "kl", "l2"})
    void lossesAreThoseOfTheIndependentImplementation(String name) {
        NDList outputs = golden.network(manager).forward(store, golden.inputs(), true);

        double expected = Arrays.stream(golden.loss(name)).sum();
        assertThat(outputs.get(name).getShape()).isEqualTo(new Shape());
        assertThat((double) outputs.get(name).getFloat())
                .isCloseTo(expected, withinPercentage(1e-3));
    }

    @Test
    void publishedTaskLossesAreThoseOfTheIndependentImplementation() {
        RobustSeg network = golden.network(manager);
        NDList labels = new NDList(golden.label());
        NDList fused = new NDList(golden.output("fused"));

        assertThat(network.taskLosses())
                .extracting(loss -> (double) loss.evaluate(labels, fused).getFloat())
                .satisfiesExactly(
                        wce ->
                                assertThat(wce)
                                        .isCloseTo(
                                                golden.loss("wce_fused")[0],
                                                withinPercentage(1e-3)),
                        dice ->
                                assertThat(dice)
                                        .isCloseTo(
                                                golden.loss("dice_fused")[0],
                                                withinPercentage(1e-3)));
        assertThat(network.taskLosses()).doesNotHaveDuplicates().allMatch(Loss.class::isInstance);
    }

    @Test
    void theLayoutNamesTheOutputs() {
        RobustSeg network = golden.network(manager);
        OutputLayout layout = network.layout();

        NDList outputs = network.forward(store, golden.inputs(), true);

        assertThat(outputs)
                .extracting(NDArray::getName)
                .isEqualTo(network.outputNames())
                .startsWith("fused", "branch_prob_0")
                .endsWith(
                        "recon",
                        "branch_logits_0",
                        "branch_logits_1",
                        "branch_logits_2",
                        "l1",
                        "kl",
                        "l2");
        assertThat(layout.numOutputs()).isEqualTo(outputs.size());
        assertThat(layout.networkLossNames()).containsExactly("l1", "kl", "l2");
        assertThat(layout.branchLogits(outputs))
                .extracting(NDArray::getName)
                .containsExactly("branch_logits_0", "branch_logits_1", "branch_logits_2");
    }

    @Test
    void outsideTrainingTheFusedProbabilitiesComeAlone() {
        RobustSeg network = golden.network(manager);
        NDArray trained = network.forward(store, golden.inputs(), true).head();

        NDList outputs = network.forward(store, golden.inputs(), false);

        assertThat(outputs).hasSize(1);
        assertThat(outputs.head().toFloatArray()).isEqualTo(trained.toFloatArray());
    }

    /** A weight that is no number shows in everything that is computed with it. */
    @Test
    void outsideTrainingNothingElseIsComputed() {
        RobustSeg network = golden.network(manager);
        float[] expected = network.forward(store, golden.inputs(), false).head().toFloatArray();
        NDList features = network.encode(store, golden.x(), false);
        spoil(network, name -> name.matches("(style|image_decoder|g_logit|branch_decoder)\\..*"));

        NDList outputs = network.forward(store, golden.inputs(), false);

        assertThat(outputs.head().toFloatArray()).isEqualTo(expected);
        assertThat(network.fuse(store, features, golden.present()).toFloatArray())
                .isEqualTo(expected);
        assertThat(network.forward(store, golden.inputs(), true).get("l1").getFloat()).isNaN();
    }

    private static void spoil(Block block, Predicate<String> chosen) {
        BlockWeights.parameters(block)
                .forEach(
                        (name, parameter) -> {
                            if (chosen.test(name)) {
                                parameter.getArray().stopGradient().addi(Float.NaN);
                            }
                        });
    }

    @Test
    void branchesOutsideTrainingAreThoseOfTraining() {
        RobustSeg network = golden.network(manager);
        NDList expected =
                network.layout().branchLogits(network.forward(store, golden.inputs(), true));

        NDList branches = network.branchLogits(store, network.encode(store, golden.x(), false));

        for (int m = 0; m < golden.modalities(); m++) {
            assertThat(branches.get(m).toFloatArray()).isEqualTo(expected.get(m).toFloatArray());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isMadeFromAFileOfWeights(boolean shared, @TempDir Path folder) {
        RobustSeg network =
                RobustSeg.builder()
                        .setClasses(2)
                        .optModalities(3)
                        .optWidth(1)
                        .optSharedLastConvolution(shared)
                        .build();
        network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 16, 16, 16), new Shape(1, 3));
        Path file = folder.resolve("weights.npz");
        BlockWeights.save(network, file);

        RobustSeg loaded = RobustSeg.load(file, manager);

        NDList inputs =
                new NDList(
                        manager.randomNormal(new Shape(1, 3, 16, 16, 16)),
                        manager.ones(new Shape(1, 3)));
        NDList expected = network.forward(store, inputs, true);
        NDList actual = loaded.forward(store, inputs, true);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).toFloatArray()).isEqualTo(expected.get(i).toFloatArray());
        }
    }

    @Test
    void weightsOfAnotherNetworkAreRefused(@TempDir Path folder) {
        Path file = folder.resolve("weights.npz");
        Block other = Linear.builder().setUnits(2).build();
        other.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
        BlockWeights.save(other, file);

        assertThatThrownBy(() -> RobustSeg.load(file, manager))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        file
                                + ": does not fit the network: missing"
                                + " content.0.e1_c1.conv.weight");
    }

    @Test
    void publishedSizeHasItsNumberOfParameters() {
        RobustSeg network = RobustSeg.builder().setClasses(4).build();
        network.initialize(manager, DataType.FLOAT32, new Shape(1, 4, 80, 80, 80), new Shape(1, 4));

        assertThat(count(network, "")).isEqualTo(38_042_809L);
        assertThat(count(network, "") - count(network, "branch_decoder")).isEqualTo(37_455_749L);
        assertThat(count(network, "content|gate|fusion|mask_decoder")).isEqualTo(6_650_292L);
        assertThat(count(network, "content.0")).isEqualTo(1_467_936L);
        assertThat(count(network, "style.3")).isEqualTo(2_765_000L);
        assertThat(count(network, "gate")).isEqualTo(103_728L);
        assertThat(count(network, "fusion")).isEqualTo(87_760L);
        assertThat(count(network, "branch_decoder")).isEqualTo(587_060L);
        assertThat(count(network, "image_decoder.0")).isEqualTo(4_934_992L);
        assertThat(count(network, "g_logit")).isEqualTo(5_489L);
    }

    private static long count(Block network, String prefixes) {
        return BlockWeights.parameters(network).entrySet().stream()
                .filter(entry -> entry.getKey().matches("(" + prefixes + ").*"))
                .mapToLong(entry -> entry.getValue().getArray().size())
                .sum();
    }

    @Test
    void everyArrayOfTheGoldenFileHasItsParameter() {
        RobustSeg network = golden.network(manager);
        Map<String, Parameter> parameters = BlockWeights.parameters(network);

        assertThat(parameters.values()).extracting(Parameter::getId).doesNotHaveDuplicates();
        assertThat(parameters).hasSize(golden.named("w/").size());
    }

    @Test
    void aForwardPassLeavesItsOutputsOnly() {
        RobustSeg network = golden.network(manager);
        try (NDManager scope = manager.newSubManager()) {
            NDList inputs = golden.inputs();
            inputs.attach(scope);
            int before = scope.getManagedArrays().size();
            // This counts the arrays of the scope too.
            int all = manager.getManagedArrays().size();

            NDList trained = network.forward(store, inputs, true);
            assertThat(scope.getManagedArrays()).hasSize(before + trained.size());
            trained.close();
            network.forward(store, inputs, false);

            assertThat(scope.getManagedArrays()).hasSize(before + 1);
            assertThat(manager.getManagedArrays().size()).isEqualTo(all + 1);
        }
    }
}
