/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RfNetTest {

    private static final double TOLERANCE = 1e-4;

    private NDManager manager;
    private ParameterStore store;
    private RfNetGolden golden;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        store = new ParameterStore(manager, false);
        golden = RfNetGolden.read(manager);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void allThirteenOutputsAreThePublishedOnes() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);

        NDList outputs = network.forward(store, golden.inputs(), true);

        assertThat(outputs)
                .extracting(NDArray::getName)
                .containsExactly(
                        "fused",
                        "branch_prob_flair",
                        "branch_prob_t1ce",
                        "branch_prob_t1",
                        "branch_prob_t2",
                        "prm_1",
                        "prm_2",
                        "prm_3",
                        "prm_4",
                        "branch_logits_flair",
                        "branch_logits_t1ce",
                        "branch_logits_t1",
                        "branch_logits_t2");
        for (NDArray output : outputs) {
            assertThat(distance(output, golden.output(output.getName())))
                    .as(output.getName())
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void theLayoutNamesTheOutputs() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);
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
        RfNet network = golden.network(manager, PaddingMode.ZEROS);
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
    void isMadeFromAFileOfWeights(@TempDir Path folder) {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);
        Path file = folder.resolve("weights.npz");
        BlockWeights.save(network, file);

        RfNet loaded = RfNet.load(file, manager);

        assertThat(loaded.forward(store, golden.inputs(), false).head().toFloatArray())
                .isEqualTo(network.forward(store, golden.inputs(), false).head().toFloatArray());
    }

    @Test
    void weightsOfAnotherNetworkAreRefused(@TempDir Path folder) {
        Path file = folder.resolve("weights.npz");
        Block other = Linear.builder().setUnits(2).build();
        other.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
        BlockWeights.save(other, file);

        assertThatThrownBy(() -> RfNet.load(file, manager))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        file
                                + ": does not fit the network: missing"
                                + " <modality>_encoder.e1_c1.conv.weight");
    }

    @Test
    void outsideTrainingTheFusedProbabilitiesComeAlone() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);
        NDArray trained = network.forward(store, golden.inputs(), true).head();

        NDList outputs = network.forward(store, golden.inputs(), false);

        assertThat(outputs).hasSize(1);
        assertThat(outputs.head().toFloatArray()).isEqualTo(trained.toFloatArray());
    }

    @Test
    void encodedFeaturesServeAnySubset() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);
        NDArray x = golden.inputs().get(0);
        NDList features = network.encode(store, x, false);

        for (float[] subset : new float[][] {{1, 0, 0, 0}, {0, 1, 1, 0}, {1, 1, 1, 1}}) {
            NDArray asFloat = manager.create(new float[][] {subset, subset});
            NDArray asBoolean = asFloat.gt(0);

            NDArray fused = network.fuse(store, features, asBoolean);

            NDArray whole = network.forward(store, new NDList(x, asFloat), false).head();
            assertThat(fused.toFloatArray()).isEqualTo(whole.toFloatArray());
        }
        assertThat(features.get(1).getShape()).isEqualTo(new Shape(2, 4, 8, 8, 8, 8));
    }

    @Test
    void aModalityOutsideTheSubsetChangesItsOwnBranchOnly() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);
        NDArray x = golden.inputs().get(0);
        NDArray subset = manager.create(new float[][] {{1, 0, 1, 1}, {1, 0, 1, 1}});
        NDArray other = x.duplicate();
        other.get(":,1").addi(manager.randomNormal(new Shape(2, 16, 16, 16)));

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
    void reflectingIsAnotherNetwork() {
        RfNet network = golden.network(manager, PaddingMode.REFLECT);

        NDArray fused = network.forward(store, golden.inputs(), false).head();

        NDArray expected = golden.output("fused");
        assertThat(distance(fused, expected)).isGreaterThan(0.01);
        assertThat(fused.sum(new int[] {1}).sub(1).abs().max().getFloat()).isLessThan(1e-5f);
    }

    @Test
    void fiveClassesAndUnequalAxesWork() {
        RfNet network = RfNet.builder().setClasses(5).optWidth(4).build();
        Shape[] shapes = {new Shape(1, 4, 16, 24, 32), new Shape(1, 4)};
        network.initialize(manager, DataType.FLOAT32, shapes);
        NDArray x = manager.randomNormal(shapes[0]);

        NDList outputs = network.forward(store, new NDList(x, manager.ones(shapes[1])), true);

        Shape expected = new Shape(1, 5, 16, 24, 32);
        assertThat(network.getOutputShapes(shapes)).containsExactly(expected);
        assertThat(outputs).hasSize(13).allMatch(output -> output.getShape().equals(expected));
    }

    @Test
    void publishedSizeHasItsNumberOfParameters() {
        RfNet network = RfNet.builder().setClasses(4).build();
        network.initialize(manager, DataType.FLOAT32, new Shape(2, 4, 80, 80, 80), new Shape(2, 4));

        long count =
                network.getParameters().values().stream()
                        .mapToLong(parameter -> parameter.getArray().size())
                        .sum();

        assertThat(count).isEqualTo(8_984_960L);
    }

    @Test
    void theBranchDecoderExistsOnce() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);
        Map<String, Parameter> parameters = BlockWeights.parameters(network);

        assertThat(parameters.values()).extracting(Parameter::getId).doesNotHaveDuplicates();
        assertThat(parameters).hasSize(golden.weights().size());
        assertThat(parameters.keySet())
                .filteredOn(name -> name.endsWith("seg_layer.weight"))
                .containsExactly("decoder_fuse.seg_layer.weight", "decoder_sep.seg_layer.weight");
    }

    @Test
    void aForwardPassLeavesItsOutputsOnly() {
        RfNet network = golden.network(manager, PaddingMode.ZEROS);
        try (NDManager scope = manager.newSubManager()) {
            NDList inputs = golden.inputs();
            inputs.attach(scope);
            int before = scope.getManagedArrays().size();

            NDList trained = network.forward(store, inputs, true);
            assertThat(scope.getManagedArrays()).hasSize(before + 13);
            trained.close();
            network.forward(store, inputs, false);

            assertThat(scope.getManagedArrays()).hasSize(before + 1);
        }
    }

    private static double distance(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        return actual.sub(expected).abs().max().getFloat();
    }
}
