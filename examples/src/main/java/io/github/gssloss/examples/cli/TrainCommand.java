/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gss train}: trains a network on a folder of cases. */
@Command(
        name = "train",
        description = "Trains a network on a folder of cases.",
        sortOptions = false,
        modelTransformer = SettingOptions.class,
        customSynopsis = "gss train [--config=FILE] --data=FOLDER --out=RUN [--SETTING=VALUE]...")
public final class TrainCommand implements Callable<Integer> {

    private final Trainer trainer;

    @Spec private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML; what it leaves out keeps its default.")
    private Optional<Path> config;

    @Mixin private ModelOptions model;

    @Mixin private CaseOptions cases;

    @Option(
            names = "--out",
            paramLabel = "RUN",
            required = true,
            description = "Folder for settings, versions, losses and checkpoints of this run.")
    private Path out;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another way to give a setting; may be repeated.")
    private Map<String, String> set = Map.of();

    /**
     * Creates the command.
     *
     * @param trainer who does the work
     */
    public TrainCommand(Trainer trainer) {
        this.trainer = trainer;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> values = model.addTo(SettingOptions.values(spec, set));
        RunSettings settings =
                config.map(file -> RunSettings.read(file, values))
                        .orElseGet(() -> RunSettings.of(values));
        Path data = cases.data();
        RunFolder.checkFree(out);
        trainer.train(settings, data, out, cases.cache(out), Console.of(spec));
        return 0;
    }
}
