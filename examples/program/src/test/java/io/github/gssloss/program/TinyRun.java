/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A run whose network has learned nothing: random weights of the smallest network. */
public final class TinyRun {

    private TinyRun() {}

    public static RunFolder create(Path folder, int seed, Map<String, String> more)
            throws IOException {
        // Without distillation no pictures of its decisions are drawn, which takes time.
        Map<String, String> small = Map.of("model.width", "4", "crop", "16", "loss.preset", "none");
        Map<String, String> values = new HashMap<>(small);
        values.putAll(more);
        RunSettings settings = RunSettings.of(values);
        RunFolder run = RunFolder.create(folder, settings, Map.of());
        addCheckpoint(run, seed, 1);
        return run;
    }

    /** Of a network that was traced or scripted, which trains nothing either. */
    public static RunFolder traced(Path folder, Path file, String layout) throws IOException {
        RunSettings settings =
                RunSettings.of(
                        Map.of(
                                "model.name", "torchscript",
                                "model.file", file.toString(),
                                "model.layout", layout,
                                "crop", "16",
                                "loss.preset", "none"));
        RunFolder run = RunFolder.create(folder, settings, Map.of());
        addCheckpoint(run, 1, 1);
        return run;
    }

    public static void addCheckpoint(RunFolder run, int seed, int epoch) {
        Engine.getInstance().setRandomSeed(seed);
        try (RunNetwork network = RunNetwork.create(run.settings(), Device.cpu())) {
            String name = Checkpoints.name(epoch, network.checkpointType());
            network.save(run.checkpoints().resolve(name));
        }
    }
}
