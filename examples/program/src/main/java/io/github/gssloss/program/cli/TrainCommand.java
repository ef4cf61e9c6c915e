/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gss train}: trains a network on a folder of cases. */
@Command(
        name = "train",
        description = "Trains a network on a folder of cases.",
        sortOptions = false,
        modelTransformer = SettingOptions.class,
        customSynopsis = {
            "gss train [--config=FILE] --data=FOLDER --out=RUN [--SETTING=VALUE]...",
            "   or: gss train --resume=RUN --data=FOLDER"
        },
        footer = {
            "%nA run that was stopped, by Ctrl-C (which saves first and exits with 3), by a failure"
                + " or by the machine, goes on with --resume to the very weights that it would have"
                + " had. It keeps its settings; --workers alone may be given anew."
        })
public final class TrainCommand implements Callable<Integer> {

    private static final String WORKERS = "workers";

    private final Trainer trainer;
    private final Resumer resumer;

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
            description = "Folder for settings, versions, losses and checkpoints of this run.")
    private Optional<Path> out;

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "A run to go on with, on the data it began with, instead of a new one.")
    private Optional<Path> resume;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another way to give a setting; may be repeated.")
    private Map<String, String> set = Map.of();

    /**
     * Creates the command.
     *
     * @param trainer who trains
     * @param resumer who goes on with a run
     */
    public TrainCommand(Trainer trainer, Resumer resumer) {
        this.trainer = trainer;
        this.resumer = resumer;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> values = model.addTo(SettingOptions.values(spec, set));
        if (resume.isPresent()) {
            goOn(resume.get(), values);
            return 0;
        }
        Path run =
                out.orElseThrow(
                        () ->
                                new ParameterException(
                                        spec.commandLine(),
                                        "Missing required option: '--out=RUN' (or --resume=RUN)"));
        RunSettings settings =
                config.map(file -> RunSettings.read(file, values))
                        .orElseGet(() -> RunSettings.of(values));
        Path data = cases.data();
        RunFolder.checkFree(run);
        trainer.train(settings, data, run, cases.cache(run), Console.of(spec));
        return 0;
    }

    private void goOn(Path path, Map<String, String> values) throws IOException {
        Optional<String> surplus =
                values.keySet().stream()
                        .filter(key -> !key.equals(WORKERS))
                        .findFirst()
                        .or(() -> config.map(file -> "--config"))
                        .or(() -> out.map(folder -> "--out"));
        if (surplus.isPresent()) {
            throw new UserInputException(
                    "--resume %s: expected no other setting than workers, which changes no result,"
                                    .formatted(path)
                            + " got "
                            + surplus.get());
        }
        RunFolder run = RunFolder.open(path, values);
        resumer.resume(run, cases.data(), cases.cache(path), Console.of(spec));
    }
}
