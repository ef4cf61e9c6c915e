/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.networks.weights.BlockWeights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MmFormerTest {

    private static final double TOLERANCE = 1e-4;

    private NDManager manager;
    private ParameterStore store;
    private MmFormerGolden golden;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        golden = MmFormerGolden.read(manager);
        Engine.getInstance().setRandomSeed(3);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theOutputsAreThePublishedOnes() {
        MmFormer network = golden.network(manager);

        NDList outputs = network.forward(store, golden.inputs(), true);

        assertThat(outputs).extracting(NDArray::getName).isEqualTo(network.outputNames());
        for (NDArray output : outputs.subList(0, 9)) {
            assertThat(distance(output, golden.output(output.getName())))
                    .as(output.getName())
                    .isLessThan(TOLERANCE);
        }
        for (NDArray logits : outputs.subList(9, 13)) {
            String probabilities = logits.getName().replace("logits", "prob");
            assertThat(distance(logits.softmax(1), golden.output(probabilities)))
                    .as(logits.getName())
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void theLayoutNamesTheOutputs() {
        MmFormer network = golden.network(manager);
        OutputLayout layout = network.layout();

        NDList outputs = network.forward(store, golden.inputs(), true);

        assertThat(layout.numOutputs()).isEqualTo(outputs.size());
        assertThat(layout.branchLogits(outputs))
                .extracting(NDArray::getName)
                .containsExactly(
                        "branch_logits_flair",
                        "branch_logits_t1ce",
                        "branch_logits_t1",
                        "branch_logits_t2");
    }

    @Test
    void branchesOutsideTrainingAreThoseOfTraining() {
        MmFormer network = golden.network(manager);
        NDList expected =
                network.layout().branchLogits(network.forward(store, golden.inputs(), true));

        NDList branches =
                network.branchLogits(store, network.encode(store, golden.inputs().get(0), false));

        assertThat(branches).hasSize(4);
        for (int m = 0; m < 4; m++) {
            assertThat(branches.get(m).getShape()).isEqualTo(expected.get(m).getShape());
            assertThat(branches.get(m).toFloatArray()).isEqualTo(expected.get(m).toFloatArray());
        }
    }

    @Test
    void onlyTheConvolutionsThatNothingUsesAreLeftOut() {
        MmFormer network = golden.network(manager);

        List<String> leftOut =
                BlockWeights.load(network, golden.weights(), network::neverUses, "golden");

        assertThat(leftOut)
                .containsExactly(
                        "flair_decode_conv.weight",
                        "flair_decode_conv.bias",
                        "t1ce_decode_conv.weight",
                        "t1ce_decode_conv.bias",
                        "t1_decode_conv.weight",
                        "t1_decode_conv.bias",
                        "t2_decode_conv.weight",
                        "t2_decode_conv.bias");
        assertThat(BlockWeights.parameters(network)).hasSize(golden.weights().size() - 8);
    }

    @Test
    void paddingTheFusionWithZerosIsAnotherNetworkWithTheSameBranches() {
        MmFormer published = golden.load(manager, MmFormerGolden.builder().optDropout(0).build());

        NDList outputs = published.forward(store, golden.inputs(), true);

        for (NDArray output : outputs.subList(0, 9)) {
            double distance = distance(output, golden.output(output.getName()));
            assertThat(distance > 0.01)
                    .as(output.getName())
                    .isEqualTo(!output.getName().startsWith("branch"));
        }
    }

    @Test
    void outsideTrainingTheFusedProbabilitiesComeAloneAndNothingIsDropped() {
        MmFormer network = golden.load(manager, MmFormerGolden.builder().optDropout(0.5).build());
        MmFormer without = golden.load(manager, MmFormerGolden.builder().optDropout(0).build());
        NDArray trained = without.forward(store, golden.inputs(), true).head();

        NDList outputs = network.forward(store, golden.inputs(), false);

        assertThat(outputs).hasSize(1);
        assertThat(outputs.head().toFloatArray()).isEqualTo(trained.toFloatArray());
    }

    @Test
    void dropoutDrawsAnewInTrainingWithoutTouchingTheBranches() {
        MmFormer network = golden.load(manager, MmFormerGolden.builder().optDropout(0.5).build());

        NDList first = network.forward(store, golden.inputs(), true);
        NDList second = network.forward(store, golden.inputs(), true);

        for (int i = 0; i < 13; i++) {
            assertThat(distance(first.get(i), second.get(i)) == 0)
                    .as(first.get(i).getName())
                    .isEqualTo(first.get(i).getName().startsWith("branch"));
        }
    }

    @Test
    void encodedFeaturesServeAnySubset() {
        MmFormer network = golden.network(manager);
        NDArray x = golden.inputs().get(0);
        NDList features = network.encode(store, x, false);

        for (float[] subset : new float[][] {{1, 0, 0, 0}, {0, 1, 1, 0}, {1, 1, 1, 1}}) {
            NDArray asFloat = manager.create(new float[][] {subset});
            NDArray asBoolean = asFloat.gt(0);

            NDArray fused = network.fuse(store, features, asBoolean);

            NDArray whole = network.forward(store, new NDList(x, asFloat), false).head();
            assertThat(fused.toFloatArray()).isEqualTo(whole.toFloatArray());
        }
        assertThat(features.get(4).getShape()).isEqualTo(new Shape(1, 4, 32, 2, 2, 2));
        assertThat(features.get(5).getShape()).isEqualTo(new Shape(1, 4, 8, 16));
    }

    @Test
    void aModalityOutsideTheSubsetChangesItsOwnBranchOnly() {
        MmFormer network = golden.network(manager);
        NDArray x = golden.inputs().get(0);
        NDArray subset = manager.create(new float[][] {{1, 0, 1, 1}});
        NDArray other = x.duplicate();
        other.get(":,1").addi(manager.randomNormal(new Shape(1, 32, 32, 32)));

        NDList before = network.forward(store, new NDList(x, subset), true);
        NDList after = network.forward(store, new NDList(other, subset), true);

        for (int i = 0; i < before.size(); i++) {
            boolean itsOwn = before.get(i).getName().endsWith("t1ce");
            assertThat(distance(before.get(i), after.get(i)) > 1e-3)
                    .as(before.get(i).getName())
                    .isEqualTo(itsOwn);
        }
    }

    @Test
    void fiveClassesAndAnotherPatchWork() {
        MmFormer network = MmFormerGolden.builder().setClasses(5).optPatch(3).build();
        Shape[] shapes = {new Shape(2, 4, 48, 48, 48), new Shape(2, 4)};
        network.initialize(manager, DataType.FLOAT32, shapes);
        NDArray x = manager.randomNormal(shapes[0]);

        NDList outputs = network.forward(store, new NDList(x, manager.ones(shapes[1])), true);

        Shape expected = new Shape(2, 5, 48, 48, 48);
        assertThat(network.getOutputShapes(shapes)).containsExactly(expected);
        assertThat(outputs).hasSize(13).allMatch(output -> output.getShape().equals(expected));
        for (NDArray probabilities : outputs.subList(0, 9)) {
            NDArray sums = probabilities.sum(new int[] {1});
            assertThat(sums.sub(1).abs().max().getFloat()).isLessThan(1e-5f);
        }
    }

    @Test
    void publishedSizeHasItsNumberOfParameters() {
        MmFormer network = MmFormer.builder().setClasses(4).build();
        network.initialize(
                manager, DataType.FLOAT32, new Shape(1, 4, 128, 128, 128), new Shape(1, 4));

        long count =
                network.getParameters().values().stream()
                        .mapToLong(parameter -> parameter.getArray().size())
                        .sum();

        assertThat(count).isEqualTo(36_391_760L);
    }

    @Test
    void positionsStartAtZeroAndLinearLayersUniform() {
        MmFormer network = MmFormerGolden.builder().optHiddenWidth(400).build();
        network.initialize(manager, DataType.FLOAT32, MmFormerGolden.IMAGES, MmFormerGolden.SUBSET);
        Map<String, Parameter> parameters = BlockWeights.parameters(network);
        String step = "t1_transformer.cross_ffn_list.0.fn.";
        NDArray weight = parameters.get(step + "fn.net.3.weight").getArray();
        double variance = weight.square().mean().getFloat();

        assertThat(parameters.get("t1_pos").getArray().toFloatArray()).containsOnly(0f);
        assertThat(parameters.get(step + "norm.weight").getArray().toFloatArray()).containsOnly(1f);
        assertThat(weight.abs().max().getFloat()).isBetween(0.049f, 0.05f);
        assertThat(variance).isBetween(0.9 * 0.0025 / 3, 1.1 * 0.0025 / 3);
        assertThat(parameters.get(step + "fn.net.3.bias").getArray().abs().max().getFloat())
                .isBetween(0.02f, 0.05f);
    }

    @Test
    void aForwardPassLeavesItsOutputsOnly() {
        MmFormer network = golden.network(manager);
        int held = manager.getManagedArrays().size();
        try (NDManager scope = manager.newSubManager()) {
            NDList inputs = golden.inputs();
            inputs.attach(scope);
            int before = scope.getManagedArrays().size();

            NDList trained = network.forward(store, inputs, true);
            assertThat(scope.getManagedArrays()).hasSize(before + 13);
            trained.close();
            network.forward(store, inputs, false);

            assertThat(scope.getManagedArrays()).hasSize(before + 1);
            inputs.attach(manager);
        }
        assertThat(manager.getManagedArrays()).hasSize(held);
    }

    private static double distance(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        return actual.sub(expected).abs().max().getFloat();
    }
}
