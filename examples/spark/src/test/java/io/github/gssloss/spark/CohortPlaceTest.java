/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.export.ModelExport;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which weights travel to the executors. */
class CohortPlaceTest {

    @TempDir private Path folder;
    private RunFolder run;

    @BeforeEach
    void aRun() throws IOException {
        System.setProperty("OPT_OUT_TRACKING", "true");
        RunSettings settings =
                RunSettings.of(Map.of("model.width", "4", "crop", "16", "loss.preset", "none"));
        run = RunFolder.create(folder.resolve("run"), settings, Map.of());
        addCheckpoint(1);
    }

    private void addCheckpoint(int epoch) {
        try (RunNetwork network = RunNetwork.create(run.settings(), Device.cpu())) {
            String name = Checkpoints.name(epoch, network.checkpointType());
            network.save(run.checkpoints().resolve(name));
        }
    }

    private CohortPlace place(Path runs, List<String> weights) {
        return new CohortPlace(
                List.of(runs.toString()), weights, List.of(), "data", "out", "cache");
    }

    /** A training that goes on beside the cluster writes newer ones meanwhile. */
    @Test
    void executorsTakeThoseThatTheDriverFound() {
        CohortPlace sent = place(run.path(), List.of()).withWeights();
        addCheckpoint(2);

        assertThat(sent.weights()).containsExactly("epoch-00001.npz");
        assertThat(sent.evaluation().weights())
                .containsExactly("weights of run: epoch-00001.npz, after step 150 of 45000");
        assertThat(sent.withWeights()).isEqualTo(sent);
        assertThat(place(run.path(), List.of()).evaluation().weights().get(0))
                .contains("epoch-00002.npz");
    }

    @Test
    void aFileThatWasGivenIsTaken() {
        addCheckpoint(2);
        String first = run.checkpoints().resolve("epoch-00001.npz").toString();
        CohortPlace sent = place(run.path(), List.of(first)).withWeights();
        assertThat(sent.evaluation().weights().get(0)).contains("epoch-00001.npz");
        String other = folder.resolve("other.npz").toString();
        assertThat(place(run.path(), List.of(other)).withWeights().weights())
                .containsExactly(other);
    }

    /** Each machine unpacks a model to a folder of its own. */
    @Test
    void ofAModelTheNameTravels() throws IOException {
        Path model = folder.resolve("model.zip");
        new ModelExport(
                        RunWeights.of(run, Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        false)
                .write(model, false);
        CohortPlace sent = place(model, List.of()).withWeights();
        assertThat(sent.weights()).containsExactly("epoch-00001.npz");
        assertThat(sent.evaluation().weights().get(0)).contains("epoch-00001.npz");
    }
}
