/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingKey;
import io.github.gssloss.program.config.Threads;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunPlace;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code gss train}: trains a network on a folder of cases. */
@Command(
        name = "train",
        sortOptions = false,
        modelTransformer = SettingOptions.class,
        customSynopsis = {
            "gss train [--config=FILE] --data=FOLDER --out=RUN [--SETTING=VALUE]...",
            "   or: gss train --resume=RUN --data=FOLDER"
        })
public final class TrainCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE")
    private Optional<Path> config;

    @Mixin private DatasetOptions dataset;
    @Mixin private ModelOptions model;
    @Mixin private MissingOptions missing;
    @Mixin private SplitOptions split;

    @Mixin private CaseOptions cases;
    @Mixin private IntakeOptions intake;

    @Option(names = "--out", paramLabel = "RUN")
    private Optional<Path> out;

    @Option(names = "--resume", paramLabel = "RUN")
    private Optional<Path> resume;

    @Option(names = "--set", paramLabel = "KEY=VALUE")
    private Map<String, String> set = Map.of();

    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        if (resume.isPresent()) {
            goOn(resume.get());
            return 0;
        }
        Path run =
                out.orElseThrow(
                        () ->
                                new ParameterException(
                                        console.spec().commandLine(),
                                        "Missing required option: '--out=RUN' (or --resume=RUN)"));
        Path data = cases.data();
        RunSettings settings = settings();
        if (RunPlace.holdsRun(run)) {
            throw new UserInputException(
                    "%s: already holds a run; go on with it by --resume %s, or choose another folder"
                            .formatted(run, run));
        }
        RunPlace.checkFree(run);
        requireAll(data, settings);
        Threads.set(settings.threads(), settings.workers());
        TrainingRun training = new TrainingRun(settings, console.progress());
        String words = console.commandLine();
        report(training.run(data, run, cases.cache(run), words, console::print));
        return 0;
    }

    /** The settings of a new run. */
    RunSettings settings() {
        return RunSettings.forCases(config, values(), cases.data());
    }

    private Map<String, String> values() {
        Map<String, String> values = SettingOptions.values(console.spec(), SettingKey.all(), set);
        return split.addTo(missing.addTo(model.addTo(dataset.addTo(values))));
    }

    private void requireAll(Path data, RunSettings settings) {
        intake.requireAll(data, settings.description());
        settings.validation()
                .map(Path::of)
                .ifPresent(folder -> intake.requireAll(folder, settings.description()));
    }

    private void report(RunFolder run) {
        console.print("Run in " + run.path() + ", its curve in " + run.learningCurve());
    }

    private void goOn(Path path) throws IOException {
        Map<String, String> values = values();
        Optional<String> surplus =
                values.keySet().stream()
                        .filter(key -> !RunSettings.ANEW.contains(key))
                        .findFirst()
                        .or(() -> config.map(file -> "--config"))
                        .or(() -> out.map(folder -> "--out"));
        if (surplus.isPresent()) {
            throw new UserInputException(
                    "--resume %s: expected no other settings than %s, got "
                                    .formatted(path, String.join(" and ", RunSettings.ANEW))
                            + surplus.get());
        }
        RunFolder run = RunFolder.open(path, values);
        Path data = cases.data();
        requireAll(data, run.settings());
        Threads.set(run.settings().threads(), run.settings().workers());
        report(
                TrainingRun.resume(
                        run, data, cases.cache(path), console.progress(), console::print));
    }
}
