/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.LossRow;
import io.github.gssloss.program.SameRun;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's recipe: rounds that go on with the last weights and nothing else. */
class RoundsTest {

    @TempDir private Path folder;

    @BeforeEach
    void phantoms() {
        PhantomCohort.write(folder.resolve("data"), 1, StoppedRuns.phantoms(), done -> {});
    }

    @Test
    void eachHasAFreshOptimiser() throws IOException {
        RunFolder run = train(Map.of("epochs", "1", "iterations", "1", "rounds", "3"));

        try (NDManager manager = NDManager.newBaseManager()) {
            NDList moments = NpzFile.read(manager, run.checkpoints().resolve("state-00000003.npz"));
            int seen = 0;
            for (NDArray mean : moments) {
                if (mean.getName().startsWith("mean/")) {
                    String name = mean.getName().substring("mean/".length());
                    float[] m = mean.toFloatArray();
                    float[] v = moments.get("variance/" + name).toFloatArray();
                    for (int i = 0; i < m.length; i++) {
                        // After one update m = 0.1 g and v = 0.001 g^2; after three nothing of it.
                        double expected = 0.1 * m[i] * (double) m[i];
                        assertThat((double) v[i]).isCloseTo(expected, within(1e-5 * expected));
                        seen += m[i] == 0 ? 0 : 1;
                    }
                }
            }
            assertThat(seen).isGreaterThan(1000);
        }
    }

    @Test
    void eachGoesOnWithTheWeightsOfTheOneBeforeAndBeginsTheLossAnew() throws IOException {
        Map<String, String> more =
                Map.of("epochs", "2", "iterations", "1", "loss.fusedFrom", "1", "lr", "0.05");
        Map<String, String> twice = new HashMap<>(more);
        twice.put("rounds", "2");
        RunFolder once = train(more);
        RunFolder run = train(twice);

        List<LossRow> losses = LossRow.read(run.losses());
        assertThat(losses).hasSize(4);
        assertThat(losses.subList(0, 2)).isEqualTo(LossRow.read(once.losses()));
        assertThat(SameRun.arrays(run.checkpoints().resolve("epoch-00002.npz")))
                .isEqualTo(SameRun.arrays(Checkpoints.last(once)));
        for (int step = 0; step < 4; step++) {
            assertThat(losses.get(step).step()).isEqualTo(step);
            assertThat(losses.get(step).epoch()).isEqualTo(step);
            boolean late = step % 2 == 1;
            assertThat(losses.get(step).parts().get("fused") > 0)
                    .as("step " + step)
                    .isEqualTo(late);
        }
        // The first step of a fresh optimiser moves a weight by the learning rate, and no further.
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList before = NpzFile.read(manager, run.checkpoints().resolve("epoch-00002.npz"));
            NDList after = NpzFile.read(manager, run.checkpoints().resolve("epoch-00003.npz"));
            for (NDArray weight : before) {
                NDArray moved = after.get(weight.getName()).sub(weight).abs().max();
                assertThat(moved.getFloat()).isBetween(0f, 0.0501f);
            }
        }
    }

    private RunFolder train(Map<String, String> more) throws IOException {
        Map<String, String> values =
                new HashMap<>(
                        Map.of(
                                "model.width", "4",
                                "crop", "16",
                                "batch", "1",
                                "augment", "false",
                                "checkpointEvery", "1"));
        values.putAll(more);
        Path run = folder.resolve("run-" + more.get("rounds"));
        return new TrainingRun(RunSettings.of(values), new Silent())
                .run(folder.resolve("data"), run, folder.resolve("cache"), "test", line -> {});
    }
}
