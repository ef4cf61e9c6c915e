/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.program.FailingAt;
import io.github.gssloss.program.SameRun;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.model.TorchScriptNetworkTest;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network from PyTorch whose training fails and goes on. */
class TorchScriptResumeTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                TorchScriptNetworkTest.TRACED + "|" + TorchScriptNetworkTest.TRACED_LAYOUT,
                TorchScriptNetworkTest.SCRIPTED + "|" + TorchScriptNetworkTest.SCRIPTED_LAYOUT
            })
    void itEndsWithTheSameBits(String name, String layout) throws IOException {
        Path data = folder.resolve("phantoms");
        Path cache = folder.resolve("cache");
        PhantomCohort.write(data, 1, StoppedRuns.phantoms(), done -> {});
        RunSettings settings = settings(name, layout);
        RunFolder whole =
                new TrainingRun(settings, new Silent())
                        .run(data, folder.resolve("whole"), cache, "test", line -> {});
        Path path = folder.resolve("run");
        TrainingRun failing = new TrainingRun(settings, new FailingAt(2));
        assertThatThrownBy(() -> failing.run(data, path, cache, "test", line -> {}))
                .hasMessage("power cut at step 2");
        assertThatThrownBy(
                        () ->
                                TrainingRun.resume(
                                        RunFolder.open(path),
                                        data,
                                        cache,
                                        new FailingAt(6),
                                        line -> {}))
                .hasMessage("power cut at step 6");
        List<String> notes = new ArrayList<>();
        RunFolder run =
                TrainingRun.resume(RunFolder.open(path), data, cache, new Silent(), notes::add);

        assertThat(notes).containsExactly(path + ": going on after step 4 of 8");
        assertThat(run.losses()).hasSameBinaryContentAs(whole.losses());
        assertThat(weights(run)).isNotEmpty().isEqualTo(weights(whole));
        assertThat(SameRun.arrays(run.checkpoints().resolve("state-00000008.npz")))
                .isEqualTo(SameRun.arrays(whole.checkpoints().resolve("state-00000008.npz")));
        assertThat(RunFolder.open(path).versions()).containsKey("modelFileSha256");
    }

    private static RunSettings settings(String name, String layout) {
        return TorchScriptNetworkTest.settings(
                name,
                layout,
                Map.of(
                        "crop", "16",
                        "batch", "1",
                        "epochs", "2",
                        "iterations", "4",
                        "checkpointEvery", "1",
                        "lr", "0.02"));
    }

    private static Map<String, ByteBuffer> weights(RunFolder run) {
        Map<String, ByteBuffer> weights = new LinkedHashMap<>();
        Path file = Checkpoints.last(run);
        try (RunNetwork network = RunNetwork.restore(run.settings(), file, Device.cpu())) {
            BlockWeights.parameters(network.parameters())
                    .forEach(
                            (name, parameter) ->
                                    weights.put(
                                            name,
                                            ByteBuffer.wrap(parameter.getArray().toByteArray())));
        }
        return weights;
    }
}
