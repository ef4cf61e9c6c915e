/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.Damage;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints on disk, of a network that nobody trains. */
class StatesTest {

    @TempDir private Path folder;
    private final List<String> notes = new ArrayList<>();
    private RunFolder run;
    private RunNetwork network;
    private AmsGrad optimizer;
    private States states;

    @BeforeEach
    void open() throws IOException {
        RunSettings settings =
                RunSettings.of(
                        Map.of(
                                "model.width", "4",
                                "crop", "16",
                                "iterations", "10",
                                "keepCheckpoints", "2"));
        run = RunFolder.create(folder.resolve("run"), settings, Map.of());
        network = RunNetwork.create(settings, Device.cpu());
        optimizer = AmsGrad.builder().build();
        states = new States(run);
        update();
    }

    @AfterEach
    void close() {
        optimizer.close();
        network.close();
    }

    /** One update of every parameter, each with a gradient of its own. */
    private void update() {
        try (NDManager scope = NDManager.newBaseManager()) {
            float value = 0.1f;
            for (Parameter one : BlockWeights.parameters(network.parameters()).values()) {
                NDArray weight = one.getArray();
                value += 0.1f;
                optimizer.update(one.getId(), weight, scope.ones(weight.getShape()).mul(value));
            }
        }
    }

    private void write(long... steps) throws IOException {
        for (long step : steps) {
            SavedState before = SavedState.NONE.validated(1, 0.1 + 0.2);
            states.write(step, network, optimizer, new double[0], before);
        }
    }

    @Test
    void theNewestIsFoundWithAllItHolds() throws IOException {
        assertThat(Checkpoints.newest(run, notes::add)).isEmpty();
        write(20, 10, 13);

        SavedState state = Checkpoints.newest(run, notes::add).orElseThrow();
        assertThat(state.step()).isEqualTo(20);
        assertThat(state.validated()).isEqualTo(1);
        assertThat(state.bestEpoch()).isEqualTo(1);
        assertThat(state.bestDice()).isEqualTo(0.1 + 0.2);
        assertThat(states.weights(state)).hasFileName("epoch-00002.npz");
        assertThat(notes).isEmpty();
        try (AmsGrad other = AmsGrad.builder().build()) {
            MomentsFile.read(states.moments(state), network.parameters(), other);
            assertThat(other.moments()).hasSameSizeAs(optimizer.moments());
            optimizer
                    .moments()
                    .forEach(
                            (id, one) -> {
                                AmsGrad.Moments same = other.moments().get(id);
                                assertThat(same.mean()).isEqualTo(one.mean());
                                assertThat(same.variance()).isEqualTo(one.variance());
                                assertThat(same.maxVariance()).isEqualTo(one.maxVariance());
                            });
        }
    }

    @Test
    void asManyAsAreWantedStay() throws IOException {
        Files.createFile(run.checkpoints().resolve("best.npz"));
        write(10, 13, 20);

        assertThat(run.checkpoints().toFile().list())
                .containsExactlyInAnyOrder(
                        "best.npz",
                        "epoch-00002.npz",
                        "state-00000013.npz",
                        "state-00000013.yaml",
                        "state-00000020.npz",
                        "state-00000020.yaml",
                        "step-00000013.npz");
        Path part = Files.createFile(run.checkpoints().resolve("state-00000031.npz.part"));
        Path alone = Files.createFile(run.checkpoints().resolve("epoch-00003.npz"));
        states.removeAfter(Checkpoints.newest(run, notes::add));
        assertThat(part).doesNotExist();
        assertThat(alone).doesNotExist();
        assertThat(run.checkpoints().toFile().list()).hasSize(7).contains("best.npz");
    }

    @Test
    void stepsNeverPushOutTheLastEpoch() throws IOException {
        write(10, 20, 21, 22, 23);

        assertThat(run.checkpoints().toFile().list())
                .contains("epoch-00002.npz", "step-00000022.npz", "step-00000023.npz")
                .doesNotContain("epoch-00001.npz", "step-00000021.npz");
        assertThat(Checkpoints.last(run)).hasFileName("step-00000023.npz");
        assertThat(Checkpoints.words(run, Checkpoints.last(run)))
                .isEqualTo("weights of %s: step-00000023.npz, after step 23 of 3000", run.name());
        Damage.FLIPPED.to(run.checkpoints().resolve("step-00000023.npz"));
        Damage.FLIPPED.to(run.state(22));
        assertThat(Checkpoints.last(run)).hasFileName("epoch-00002.npz");
    }

    @Test
    void whatIsDamagedIsKeptUnderAnotherName() throws IOException {
        write(10, 20);
        Damage.TRUNCATED.to(run.checkpoints().resolve("state-00000020.npz"));
        byte[] weights = Files.readAllBytes(run.checkpoints().resolve("epoch-00002.npz"));

        states.removeAfter(Checkpoints.newest(run, notes::add));

        assertThat(run.checkpoints().toFile().list())
                .containsExactlyInAnyOrder(
                        "epoch-00001.npz",
                        "state-00000010.npz",
                        "state-00000010.yaml",
                        "epoch-00002.npz.damaged",
                        "state-00000020.npz.damaged",
                        "state-00000020.yaml.damaged");
        assertThat(run.checkpoints().resolve("epoch-00002.npz.damaged")).hasBinaryContent(weights);
        write(20, 30, 40);
        assertThat(run.checkpoints().resolve("epoch-00002.npz.damaged")).isRegularFile();
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNCATED, state-00000020.yaml",
        "TRUNCATED, state-00000020.npz",
        "TRUNCATED, epoch-00002.npz",
        "EMPTIED, state-00000020.yaml",
        "EMPTIED, state-00000020.npz",
        "EMPTIED, epoch-00002.npz",
        "FLIPPED, state-00000020.yaml",
        "FLIPPED, state-00000020.npz",
        "FLIPPED, epoch-00002.npz"
    })
    void aDamagedOneIsReportedAndTheOneBeforeTaken(Damage damage, String name) throws IOException {
        write(10, 20);
        damage.to(run.checkpoints().resolve(name));

        assertThat(Checkpoints.newest(run, notes::add).orElseThrow().step()).isEqualTo(10);
        assertThat(notes)
                .containsExactly(
                        "checkpoint of step 20: "
                                + name
                                + " is damaged: its checksum is wrong; taking the one of step 10");
    }

    @Test
    void aBitAnywhereInAStateCounts() throws IOException {
        write(10, 20);
        Path file = run.state(20);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit += 13) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThat(Checkpoints.newest(run, notes::add).orElseThrow().step())
                    .as("bit " + bit)
                    .isEqualTo(10);
        }
    }

    @Test
    void withoutAWholeOneThereIsNothingToGoOnFrom() throws IOException {
        write(10, 20);
        Damage.TRUNCATED.to(run.checkpoints().resolve("state-00000020.npz"));
        Files.delete(run.checkpoints().resolve("epoch-00001.npz"));

        assertThatThrownBy(() -> Checkpoints.newest(run, notes::add))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        run.checkpoints()
                                + ": expected a whole checkpoint, found none: checkpoint of step"
                                + " 20: state-00000020.npz is damaged: its checksum is wrong;"
                                + " checkpoint of step 10: epoch-00001.npz is missing");
        assertThat(notes).isEmpty();
    }

    @Test
    void momentsOfAnotherNetworkAreRefused() throws IOException {
        write(10);
        Path file = run.checkpoints().resolve("state-00000010.npz");
        RunSettings wide = RunSettings.of(Map.of("model.width", "8", "crop", "16"));
        try (RunNetwork other = RunNetwork.create(wide, Device.cpu());
                AmsGrad fresh = AmsGrad.builder().build()) {
            assertThatThrownBy(() -> MomentsFile.read(file, other.parameters(), fresh))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageMatching(
                            file + ": moments: expected shape \\(8, .*\\), got \\(4, .*\\)");
        }
        try (AmsGrad fresh = AmsGrad.builder().build()) {
            Block one = network.parameters().getChildren().valueAt(0);
            assertThatThrownBy(() -> MomentsFile.read(file, one, fresh))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageStartingWith(
                            file + ": expected the moments of the network's parameters, got mean/");
        }
    }
}
