/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TorchScript networks of {@code src-test-data} as networks of a run. */
public class TorchScriptNetworkTest {

    public static final String TRACED = "torchscript-traced.pt";
    public static final String TRACED_LAYOUT = "fused: 0; branches: 1, 2, 3, 4";
    public static final String SCRIPTED = "torchscript-scripted.pt";
    public static final String SCRIPTED_LAYOUT = "branches: 0, 1, 2, 3; fusedLogits: 4";

    private static final Shape IMAGES = new Shape(1, 4, 8, 8, 8);

    @TempDir private Path folder;
    private NDManager manager;
    private NDArray images;
    private NDArray all;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        images = manager.randomNormal(IMAGES);
        all = manager.create(new boolean[][] {{true, true, true, true}});
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theSubsetIsSeenWhereTheNetworkTakesIt() {
        try (RunNetwork network = create(TRACED, TRACED_LAYOUT, Map.of())) {
            NDArray some = manager.create(new boolean[][] {{true, true, false, true}});
            NDArray other = images.duplicate();
            other.get(":,2").addi(1);

            assertThat(((TorchScriptNetwork) network).takesSubset()).isTrue();
            assertThat(segmented(network, images, some)).isEqualTo(segmented(network, other, some));
            assertThat(segmented(network, images, all))
                    .isNotEqualTo(segmented(network, other, all));
        }
    }

    @Test
    void withoutASubsetInputWhatIsOutsideIsZero() {
        try (RunNetwork network = create(SCRIPTED, SCRIPTED_LAYOUT, Map.of())) {
            NDArray some = manager.create(new boolean[][] {{true, true, false, true}});
            NDArray zeroed = images.duplicate();
            zeroed.get(":,2").subi(zeroed.get(":,2"));

            assertThat(((TorchScriptNetwork) network).takesSubset()).isFalse();
            assertThat(segmented(network, images, some))
                    .isEqualTo(segmented(network, zeroed, all))
                    .isNotEqualTo(segmented(network, images, all));
        }
    }

    @Test
    void thePredictionIsOfProbabilities() {
        try (RunNetwork network = create(SCRIPTED, SCRIPTED_LAYOUT, Map.of())) {
            NDArray probabilities = network.segmenter().probabilities(images, all);

            assertThat(probabilities.getShape()).isEqualTo(new Shape(1, 4, 8, 8, 8));
            NDArray sums = probabilities.sum(new int[] {1});
            assertThat(sums.sub(1).abs().max().getFloat()).isLessThan(1e-6f);
        }
    }

    @Test
    void itIsInTrainingWhereItIsTrained() {
        try (RunNetwork network = create(SCRIPTED, SCRIPTED_LAYOUT, Map.of())) {
            NDList outputs =
                    network.model()
                            .getBlock()
                            .forward(
                                    new ParameterStore(manager, false),
                                    new NDList(images, all),
                                    true);

            assertThat(outputs).hasSize(5);
        }
    }

    @Test
    void aCheckpointKeepsEveryBitAlsoOfWhatIsNoParameter() {
        Path file = folder.resolve("epoch-00001.pt");
        try (RunNetwork network = create(SCRIPTED, SCRIPTED_LAYOUT, Map.of())) {
            float[] before = segmented(network, images, all);
            NDList inputs = new NDList(images.mul(3), all);
            network.model().getBlock().forward(new ParameterStore(manager, false), inputs, true);
            float[] after = segmented(network, images, all);
            assertThat(after).isNotEqualTo(before);

            network.save(file);

            try (RunNetwork restored =
                    RunNetwork.restore(
                            settings(SCRIPTED, SCRIPTED_LAYOUT, Map.of()), file, Device.cpu())) {
                assertThat(segmented(restored, images, all)).isEqualTo(after);
            }
        }
        assertThat(folder)
                .isDirectoryContaining("glob:**.pt")
                .isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void weightsCanBeGivenByName() {
        Path file = folder.resolve("weights.npz");
        float[] expected;
        try (RunNetwork network = create(TRACED, TRACED_LAYOUT, Map.of())) {
            BlockWeights.parameters(network.parameters())
                    .values()
                    .forEach(parameter -> parameter.getArray().stopGradient().addi(1));
            expected = segmented(network, images, all);
            BlockWeights.save(network.parameters(), file);
        }
        try (RunNetwork network = create(TRACED, TRACED_LAYOUT, Map.of())) {
            assertThat(network.load(file)).isEmpty();
            assertThat(segmented(network, images, all)).isEqualTo(expected);
        }
    }

    @Test
    void whatDoesNotFitIsReported() throws IOException {
        Path missing = folder.resolve("none.pt");
        refuses(
                () -> RunNetwork.create(settings(missing, TRACED_LAYOUT, Map.of()), Device.cpu()),
                missing + ": expected a TorchScript file, found none");
        Path text = Files.writeString(folder.resolve("text.pt"), "no network");
        assertThatThrownBy(
                        () ->
                                RunNetwork.create(
                                        settings(text, TRACED_LAYOUT, Map.of()), Device.cpu()))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(text + ": expected a TorchScript file, got: ");
        Path traced = shipped(TRACED);
        refuses(
                () -> create(TRACED, "fused: 0; branches: 2, 3, 4, 5", Map.of()),
                traced + ": expected 6 outputs in training as the layout has them, got 5");
        refuses(
                () -> create(TRACED, TRACED_LAYOUT, Map.of("labels", "brats2015")),
                traced
                        + ": expected the fused output to have shape (1, 5, 8, 8, 8), got"
                        + " (1, 4, 8, 8, 8)");
        Path weights = folder.resolve("weights.npz");
        try (RunNetwork network = create(SCRIPTED, SCRIPTED_LAYOUT, Map.of())) {
            BlockWeights.save(network.parameters(), weights);
        }
        try (RunNetwork network = create(TRACED, TRACED_LAYOUT, Map.of())) {
            assertThatThrownBy(() -> network.load(weights))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageStartingWith(
                            weights + ": does not fit the network: surplus encoder.0.weight;");
        }
    }

    private float[] segmented(RunNetwork network, NDArray x, NDArray subset) {
        return network.segmenter().probabilities(x, subset).toFloatArray();
    }

    private static RunNetwork create(String name, String layout, Map<String, String> more) {
        return RunNetwork.create(settings(name, layout, more), Device.cpu());
    }

    public static RunSettings settings(String name, String layout, Map<String, String> more) {
        return settings(shipped(name), layout, more);
    }

    private static RunSettings settings(Path file, String layout, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("model.name", "torchscript");
        values.put("model.file", file.toString());
        values.put("model.layout", layout);
        values.putIfAbsent("crop", "8");
        return RunSettings.of(values);
    }

    private static Path shipped(String name) {
        try {
            return Path.of(TorchScriptNetworkTest.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refuses(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(UserInputException.class).hasMessage(message);
    }
}
