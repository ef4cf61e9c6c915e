/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The folder of one training run: its settings, what it ran on, and its results; or a model that
 * was made of one, see {@link ModelArchive}, of which there is less.
 */
public final class RunFolder {

    /** The name of the file of the settings. */
    public static final String SETTINGS = "settings.yaml";

    /** The name of the file of the cases. */
    public static final String CASES = "cases.yaml";

    static final String CHECKPOINTS = "checkpoints";

    private static final String VERSIONS = "versions.yaml";

    private final Path path;
    private final Optional<ModelArchive> model;
    private final Path files;
    private final RunSettings settings;

    private RunFolder(Path path, Optional<ModelArchive> model, RunSettings settings) {
        this.path = path;
        this.model = model;
        this.files = model.map(ModelArchive::folder).orElse(path);
        this.settings = settings;
    }

    /**
     * Starts the folder of a new run and writes {@code settings.yaml} and {@code versions.yaml}.
     *
     * @param path the folder; it and its parents are made where they are missing
     * @param settings the settings of the run
     * @param versions what the run depends on beside its settings, see {@link RunVersions}
     * @return the folder
     * @throws UserInputException if the folder already holds a run or is a file
     * @throws IOException if the folder cannot be written
     */
    public static RunFolder create(Path path, RunSettings settings, Map<String, String> versions)
            throws IOException {
        RunPlace.checkFree(path);
        RunFolder folder = new RunFolder(path, Optional.empty(), settings);
        Files.createDirectories(folder.checkpoints());
        WholeFile.write(path.resolve(VERSIONS), Yaml.MAPPER.writeValueAsString(versions));
        // Last, since it makes the folder a run: a run that is there has all it needs to go on.
        WholeFile.write(path.resolve(SETTINGS), settings.toYaml());
        return folder;
    }

    /**
     * Starts the folder of a new run that is trained on cases, which go to {@code cases.yaml}.
     *
     * @param path the folder; it and its parents are made where they are missing
     * @param settings the settings of the run
     * @param versions what the run depends on beside its settings, see {@link RunVersions}
     * @param cases the cases of the run
     * @return the folder
     * @throws UserInputException if the folder already holds a run or is a file
     * @throws IOException if the folder cannot be written
     */
    public static RunFolder create(
            Path path, RunSettings settings, Map<String, String> versions, RunCases cases)
            throws IOException {
        RunPlace.checkFree(path);
        Files.createDirectories(path);
        cases.write(new RunFolder(path, Optional.empty(), settings).cases());
        return create(path, settings, versions);
    }

    /**
     * Opens the folder of a run, or a model that was exported from one.
     *
     * @param path the folder, or the file of the model
     * @return the folder with the settings it was made with
     * @throws UserInputException if there is no such folder or file, it holds no run, or its
     *     settings do not fit this version
     */
    public static RunFolder open(Path path) {
        if (Files.isDirectory(path)) {
            return open(path, Map.of());
        }
        ModelArchive model = ModelArchive.unpack(path);
        Path settings = model.folder().resolve(SETTINGS);
        return new RunFolder(
                path, Optional.of(model), model.naming(() -> RunSettings.read(settings, Map.of())));
    }

    /**
     * Opens the folder of a run with some settings replaced.
     *
     * @param path the folder
     * @param overrides values by key, for those settings that change nothing in what comes out
     * @return the folder with its settings
     * @throws UserInputException if there is no such folder, it holds no run, or its settings do
     *     not fit this version
     */
    public static RunFolder open(Path path, Map<String, String> overrides) {
        if (!Files.isDirectory(path)) {
            throw new UserInputException(
                    "%s: expected the folder of a run, %s"
                            .formatted(path, Files.exists(path) ? "got a file" : "found none"));
        }
        Path file = path.resolve(SETTINGS);
        if (!Files.exists(file)) {
            throw new UserInputException(
                    "%s: expected the folder of a run, found no %s in it"
                            .formatted(path, SETTINGS));
        }
        return new RunFolder(path, Optional.empty(), RunSettings.read(file, overrides));
    }

    /**
     * Returns the name that stands for the run in tables.
     *
     * @return the name of the folder, or that of the model's file without its ending
     */
    public String name() {
        Path last = path.toAbsolutePath().normalize().getFileName();
        String name = last == null ? path.toString() : last.toString();
        return model.isPresent() ? name.replaceFirst("(?i)[.]zip$", "") : name;
    }

    /**
     * Does something with files of the run; what is wrong with one of an exported model is said of
     * that, not of where it was unpacked.
     *
     * @param work the work
     * @param <T> what comes of it
     * @return what the work returns
     * @throws UserInputException from the work
     */
    public <T> T naming(Supplier<T> work) {
        return model.isPresent() ? model.get().naming(work) : work.get();
    }

    /**
     * Returns where a file of the run lies, as records name it: of an exported model not where it
     * was unpacked.
     *
     * @param file a file of the run, or another
     * @return an absolute path, within the file of the model as if that were a folder
     */
    public String place(Path file) {
        boolean unpacked = model.isPresent() && file.startsWith(files);
        Path place = unpacked ? path.resolve(files.relativize(file).toString()) : file;
        return place.toAbsolutePath().normalize().toString();
    }

    /**
     * Returns the file of the losses of every step, as the training writes it.
     *
     * @return {@code losses.csv}
     */
    public Path losses() {
        return files.resolve("losses.csv");
    }

    /**
     * Returns the folder of the checkpoints.
     *
     * @return {@code checkpoints}, which exists
     */
    public Path checkpoints() {
        return files.resolve(CHECKPOINTS);
    }

    /**
     * Returns the file of the learning curve.
     *
     * @return {@code learning-curve.png}
     */
    public Path learningCurve() {
        return files.resolve("learning-curve.png");
    }

    /**
     * Returns the file of how the votes were decided on the way.
     *
     * @return {@code decisions.csv}, which a run that never looks does not have
     */
    public Path decisions() {
        return files.resolve("decisions.csv");
    }

    /**
     * Returns the chart of how the votes were decided on the way.
     *
     * @return {@code decisions.png}, beside {@link #decisions()}
     */
    public Path decisionsChart() {
        return files.resolve("decisions.png");
    }

    /**
     * Returns the file of how the soft target compared with the branches on the way.
     *
     * @return {@code teaching.csv}, beside {@link #decisions()}; its chart is {@code teaching.png}
     */
    public Path teaching() {
        return files.resolve("teaching.csv");
    }

    /**
     * Returns the file of the run's cases.
     *
     * @return {@code cases.yaml}
     */
    public Path cases() {
        return files.resolve(CASES);
    }

    /**
     * Returns the file of the scores on the way.
     *
     * @return {@code validation.csv}, which only a run with validation has
     */
    public Path validation() {
        return files.resolve("validation.csv");
    }

    /**
     * Returns the file of what each epoch cost.
     *
     * @return {@code timings.csv}
     */
    public Path timings() {
        return files.resolve("timings.csv");
    }

    /**
     * Returns the file that a checkpoint consists of: it names the weights and the optimiser's
     * moments after a step, and is written after them.
     *
     * @param step the number of steps done
     * @return {@code checkpoints/state-00000060.yaml}
     */
    public Path state(long step) {
        return checkpoints().resolve(String.format(Locale.ROOT, "state-%08d.yaml", step));
    }

    /**
     * Returns whether the run has done all of its steps. No picture decides that.
     *
     * @return false where steps are left
     */
    public boolean isFinished() {
        return Files.exists(state(RunLength.of(settings).steps()));
    }

    /**
     * Reads what the run was started on.
     *
     * @return the versions by name, as they were given to {@link #create(Path, RunSettings, Map)}
     * @throws UserInputException if the file is missing or of another kind
     */
    public Map<String, String> versions() {
        return naming(() -> RunVersions.read(files.resolve(VERSIONS)));
    }

    /**
     * Returns the folder, or the file of an exported model.
     *
     * @return the path as it was given
     */
    public Path path() {
        return path;
    }

    /**
     * Returns the settings of the run.
     *
     * @return the settings
     */
    public RunSettings settings() {
        return settings;
    }
}
