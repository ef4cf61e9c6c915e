/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import io.github.gssloss.program.Silent;
import io.github.gssloss.program.config.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A small experiment on phantoms, whose cells a {@link FakeRunner} works on. */
final class TrialExperiment {

    static final String GRID =
            """
            name: Trial
            data:
              phantoms: {subjects: 1, shape: 32}
            evaluate:
              phantoms: {subjects: 1, seed: 1, shape: 32, noise: 0.1}
            subsets: [all, t1ce]
            settings: {model.width: 4, crop: 16}
            seeds: [1, 2]
            arms:
              base: {loss.preset: none}
              gss: {}
            """;

    final FakeRunner runner = new FakeRunner();

    /** The lines that were reported. */
    final List<String> reported = new ArrayList<>();

    private final Path folder;

    /** Works in a folder of its own. */
    TrialExperiment(Path folder) {
        this.folder = folder;
    }

    /** The folder of an experiment by its name. */
    Path out(String name) {
        return folder.resolve(name);
    }

    ExperimentResult run(String yaml, String out) throws IOException {
        return open(yaml, out).run(List.of(), List.of(), new Silent(), reported::add);
    }

    /** Several threads may open it at once, as long as they mean the same experiment. */
    synchronized ExperimentRun open(String yaml, String out) throws IOException {
        Path file = folder.resolve("experiment.yaml");
        if (!Files.exists(file) || !Files.readString(file).equals(yaml)) {
            Files.writeString(file, yaml);
        }
        return open(file, out);
    }

    private ExperimentRun open(Path file, String out) {
        return new ExperimentRun(
                Experiment.read(file),
                Optional.empty(),
                Optional.empty(),
                out(out),
                folder.resolve("cache"),
                runner);
    }
}
