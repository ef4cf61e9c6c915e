/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.TinyRun;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that begins with the weights of another. */
class StartingWeightsTest {

    @TempDir private Path folder;
    private Path data;
    private Path weights;

    @BeforeEach
    void files() throws IOException {
        data = folder.resolve("phantoms");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
        weights = Checkpoints.last(TinyRun.create(folder.resolve("before"), 7, Map.of()));
    }

    @Test
    void theyAreWhereItBegins() throws IOException {
        RunFolder run = train("after", Map.of("lr", "1e-6"));

        try (NDManager manager = NDManager.newBaseManager()) {
            NDList before = NpzFile.read(manager, weights);
            NDList after = NpzFile.read(manager, Checkpoints.last(run));
            for (NDArray array : before) {
                NDArray moved = after.get(array.getName()).sub(array).abs().max();
                assertThat(moved.getFloat()).as(array.getName()).isLessThan(1e-5f);
            }
        }
        assertThat(run.path().resolve("versions.yaml"))
                .content()
                .contains("weightsSha256: \"" + Sha256.ofFile(weights) + "\"")
                .doesNotContain("weightsLeftOut");
    }

    @Test
    void thoseThatDoNotFitAreRefusedBeforeAnythingIsMade() {
        assertThatThrownBy(() -> train("other", Map.of("model.width", "8")))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        weights
                                + ": does not fit the network: flair_encoder.e1_c1.conv.weight:"
                                + " expected shape (8, 1, 3, 3, 3), got (4, 1, 3, 3, 3);");
        assertThat(folder.resolve("other")).doesNotExist();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void thoseThatTheRunWouldReplaceAreRefused() throws IOException {
        Path checkpoints = Files.createDirectories(folder.resolve("other/checkpoints"));
        weights = Files.copy(weights, checkpoints.resolve("epoch-00001.npz"));
        assertThatThrownBy(() -> train("other", Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        checkpoints
                                + ": expected a folder for results, but it holds "
                                + weights
                                + ", which is read");
    }

    @Test
    void twoTrainingsNeverShareARun() throws IOException {
        Path out = Files.createDirectory(folder.resolve("other"));
        FolderLock.holding(
                out,
                "in use",
                () -> {
                    assertThatThrownBy(() -> train("other", Map.of()))
                            .isInstanceOf(UserInputException.class)
                            .hasMessage(
                                    out
                                            + ": expected a run that nobody trains, found another"
                                            + " training at work on it");
                    return out;
                });
        assertThat(RunPlace.holdsRun(out)).isFalse();
    }

    private RunFolder train(String name, Map<String, String> more) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("model.width", "4");
        values.put("model.weights", weights.toString());
        values.put("crop", "16");
        values.put("batch", "1");
        values.put("epochs", "1");
        values.put("iterations", "1");
        values.putAll(more);
        return new TrainingRun(RunSettings.of(values), new Silent())
                .run(data, folder.resolve(name), folder.resolve("cache"), "test", line -> {});
    }
}
