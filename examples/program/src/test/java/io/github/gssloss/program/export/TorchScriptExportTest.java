/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.PlainPrediction;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.model.TorchScriptNetworkTest;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that was traced in PyTorch, handed over: its checkpoint is the whole network. */
class TorchScriptExportTest {

    @TempDir private Path folder;

    @Test
    void itNeedsNoFileBesideIt() throws IOException, URISyntaxException {
        RunFolder run = run();
        Path model = folder.resolve("model.zip");
        new ModelExport(
                        RunWeights.of(run, Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        false)
                .write(model, false);
        PhantomCohort.write(
                folder.resolve("data"),
                1,
                PhantomSettings.ofSeed(5).withShape(32, 32, 32),
                done -> {});
        Path subject = folder.resolve("data/Phantom-0001");
        Path one = folder.resolve("one.nii.gz");
        Path two = folder.resolve("two.nii.gz");
        PlainPrediction.of(run).predict(subject, one, false);
        PlainPrediction.of(RunFolder.open(model)).predict(subject, two, false);

        assertThat(two).hasSameBinaryContentAs(one);
        try (ZipFile zip = new ZipFile(model.toFile())) {
            assertThat(text(zip, "settings.yaml"))
                    .contains("file: " + TorchScriptNetworkTest.TRACED + "\n");
            // It is no start for a network that is built here.
            assertThat(text(zip, "README.md"))
                    .contains("| network | torchscript, ")
                    .doesNotContain("gss train");
        }
    }

    private RunFolder run() throws IOException, URISyntaxException {
        Path file =
                Path.of(
                        TorchScriptNetworkTest.class
                                .getResource("/" + TorchScriptNetworkTest.TRACED)
                                .toURI());
        Map<String, String> values =
                Map.of(
                        "model.name", "torchscript",
                        "model.file", file.toString(),
                        "model.layout", TorchScriptNetworkTest.TRACED_LAYOUT,
                        "crop", "32",
                        "loss.preset", "none");
        RunFolder run = RunFolder.create(folder.resolve("run"), RunSettings.of(values), Map.of());
        try (RunNetwork network = RunNetwork.create(run.settings(), Device.cpu())) {
            network.save(run.checkpoints().resolve(Checkpoints.name(1, "pt")));
        }
        return run;
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(
                zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
