/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import ai.djl.Device;
import ai.djl.util.Progress;
import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.Sha256;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.MissingSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Devices;
import io.github.gssloss.program.model.Losses;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunLength;
import io.github.gssloss.program.runfolder.RunPlace;
import io.github.gssloss.program.runfolder.RunVersions;
import io.github.gssloss.program.runfolder.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One training, from a data folder to a run folder, and how it goes on after whatever stopped it: a
 * run that was resumed ends with the same weights, bit for bit, as one that never stopped. What a
 * step draws depends on the run's seed and the step's number, its samples on those of its epoch.
 *
 * @param settings the settings of the run
 * @param progress the display of cases and steps
 */
public record TrainingRun(RunSettings settings, Progress progress) {

    private static final String WEIGHTS_SHA256 = "weightsSha256";
    private static final String FILE_SHA256 = "modelFileSha256";

    /**
     * Trains. Everything that can be checked is checked before the run folder is made.
     *
     * @param data a folder of cases with segmentations; they may lack modalities
     * @param out the folder of the run, which must not hold one
     * @param cache the folder of the prepared cases
     * @param commandLine the words that started the program, for the record
     * @param notes gets the lines of what is about to be trained, and after the first steps how
     *     long it may take
     * @return the run
     * @throws io.github.gssloss.files.UserInputException if the input cannot be used
     * @throws StoppedException if the process was asked to end (Ctrl-C, SIGTERM)
     * @throws IOException if reading or writing fails
     */
    public RunFolder run(
            Path data, Path out, Path cache, String commandLine, Consumer<String> notes)
            throws IOException {
        RunPlace.checkFree(out);
        if (settings.loss().findsLeaders()) {
            RunSettings found =
                    new LeaderPart(settings, progress).train(data, out, cache, commandLine, notes);
            return new TrainingRun(found, progress).run(data, out, cache, commandLine, notes);
        }
        Stream.of(settings.model().weights(), settings.model().file())
                .flatMap(Optional::stream)
                .map(Path::of)
                .filter(Files::exists)
                .forEach(file -> RunPlace.checkKeeps(out, file));
        // Made anew for each round; here for its checks.
        Losses.of(settings);
        TrainingCases cases = new TrainingCases(settings, data, cache, Optional.empty());
        Device device = Devices.of(settings.device());
        Training.seed(settings.seed(), -1);
        try (RunNetwork network = RunNetwork.create(settings, device)) {
            Map<String, String> start = start(network);
            TrainingSummary.lines(settings, network, device, cases).forEach(notes);
            cases.look(progress);
            cases.open(progress);
            Map<String, String> versions =
                    RunVersions.collect(device, settings.seed(), commandLine);
            versions.putAll(start);
            versions.putAll(scheme(settings));
            Files.createDirectories(out);
            return alone(
                    out,
                    () -> {
                        RunFolder run = RunFolder.create(out, settings, versions, cases.record());
                        return train(run, network, cases, Optional.empty(), notes);
                    });
        }
    }

    /**
     * Goes on with a run, wherever it was stopped, as if nothing had happened. Of a run that is
     * finished the charts are drawn where they are missing, and nothing else is done. A damaged
     * checkpoint is noted, and the one before taken.
     *
     * @param run the run, opened
     * @param data the folder of the cases it began with
     * @param cache the folder of the prepared cases
     * @param progress the display of cases and steps
     * @param notes takes lines: where the run goes on, what was found damaged, and after the first
     *     steps how long it may take
     * @return the run, finished
     * @throws io.github.gssloss.files.UserInputException if the run has no checkpoint that is
     *     whole, or its cases or starting weights are not those it began with
     * @throws StoppedException if the process was asked to end (Ctrl-C, SIGTERM)
     * @throws IOException if reading or writing fails
     */
    public static RunFolder resume(
            RunFolder run, Path data, Path cache, Progress progress, Consumer<String> notes)
            throws IOException {
        TrainingRun training = new TrainingRun(run.settings(), progress);
        return alone(run.path(), () -> training.goOn(run, data, cache, notes));
    }

    private static RunFolder alone(Path run, FolderLock.Work<RunFolder> work) throws IOException {
        return FolderLock.holding(
                run,
                "expected a run that nobody trains, found another training at work on it",
                work);
    }

    private RunFolder goOn(RunFolder run, Path data, Path cache, Consumer<String> notes)
            throws IOException {
        States states = new States(run);
        Optional<SavedState> state = Checkpoints.newest(run, notes);
        long step = state.map(SavedState::step).orElse(0L);
        long steps = RunLength.of(settings).steps();
        if (step == steps && !Validation.isMissing(settings, state.orElseThrow())) {
            if (!Files.exists(run.learningCurve())) {
                Training.draw(run);
            }
            notes.accept("%s: all %d steps are done".formatted(run.path(), steps));
            return run;
        }
        RunCases before = RunCases.read(run.cases());
        TrainingCases cases = new TrainingCases(settings, data, cache, Optional.of(before));
        cases.look(progress);
        cases.checkSame(run, before, notes);
        notes.accept("%s: going on after step %d of %d".formatted(run.path(), step, steps));
        Device device = Devices.of(settings.device());
        RunVersions.difference(run.versions(), RunVersions.collect(device, settings.seed(), ""))
                .map(all -> "it began on another system, and may differ in its last bits: " + all)
                .ifPresent(notes);
        Training.seed(settings.seed(), -1);
        try (RunNetwork network = network(run, state.map(states::weights), device)) {
            cases.open(progress);
            states.removeAfter(state);
            return train(run, network, cases, state, notes);
        }
    }

    private RunNetwork network(RunFolder run, Optional<Path> weights, Device device)
            throws IOException {
        if (weights.isPresent()) {
            return RunNetwork.restore(settings, weights.get(), device);
        }
        RunNetwork network = RunNetwork.create(settings, device);
        try {
            checkSame(run, start(network));
            return network;
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * Returns what a run records of the scheme that hides modalities from its cases.
     *
     * @param settings the settings of the run
     * @return the checksum of the file by the name of the entry in the versions; empty without one
     * @throws io.github.gssloss.files.UserInputException if the file cannot be read
     */
    public static Map<String, String> scheme(RunSettings settings) {
        return settings.missing()
                .flatMap(MissingSettings::scheme)
                .map(file -> Map.of("missingSchemeSha256", sha256(Path.of(file))))
                .orElse(Map.of());
    }

    private static String sha256(Path file) {
        try {
            return Sha256.ofFile(file);
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a scheme of modalities: " + e, e);
        }
    }

    /** Loads the weights to start from and returns what the run records of them. */
    private Map<String, String> start(RunNetwork network) throws IOException {
        Map<String, String> record = new LinkedHashMap<>();
        if (settings.model().file().isPresent()) {
            record.put(FILE_SHA256, Sha256.ofFile(Path.of(settings.model().file().get())));
        }
        if (settings.model().weights().isPresent()) {
            StartingWeights weights = StartingWeights.of(Path.of(settings.model().weights().get()));
            List<String> leftOut = weights.loadInto(network);
            record.put(WEIGHTS_SHA256, Sha256.ofFile(weights.file()));
            if (!leftOut.isEmpty()) {
                record.put("weightsLeftOut", String.join(", ", leftOut));
            }
        }
        return record;
    }

    private static void checkSame(RunFolder run, Map<String, String> start) {
        Map<String, String> before = run.versions();
        for (String name : List.of(FILE_SHA256, WEIGHTS_SHA256)) {
            if (start.containsKey(name) && !start.get(name).equals(before.get(name))) {
                throw new UserInputException(
                        "%s: expected a file to start from with the %s %s of the run's beginning,"
                                        .formatted(run.path(), name, before.get(name))
                                + " got "
                                + start.get(name));
            }
        }
    }

    private RunFolder train(
            RunFolder run,
            RunNetwork network,
            TrainingCases cases,
            Optional<SavedState> state,
            Consumer<String> notes)
            throws IOException {
        return StopSignal.finish(
                () -> {
                    new Training(run, network, cases, progress, notes).run(state);
                    return run;
                });
    }
}
