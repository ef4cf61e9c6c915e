/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.train;

import io.github.gssloss.examples.UserInputException;
import io.github.gssloss.examples.config.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The folder of one training run: what it was told, what it ran on, what came of it. */
public final class RunFolder {

    private static final String SETTINGS = "settings.yaml";

    private static final YAMLMapper YAML =
            YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

    private final Path path;
    private final RunSettings settings;

    private RunFolder(Path path, RunSettings settings) {
        this.path = path;
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
        checkFree(path);
        RunFolder folder = new RunFolder(path, settings);
        Files.createDirectories(folder.checkpoints());
        Files.writeString(path.resolve("versions.yaml"), YAML.writeValueAsString(versions));
        Files.writeString(path.resolve(SETTINGS), settings.toYaml());
        return folder;
    }

    /**
     * Checks that a new run can be put into a folder. To be asked before any long preparation.
     *
     * @param path the folder; it need not exist
     * @throws UserInputException if the folder already holds a run or is a file
     */
    public static void checkFree(Path path) {
        if (Files.exists(path.resolve(SETTINGS))) {
            throw new UserInputException(
                    "%s: already holds a run (%s); choose another folder"
                            .formatted(path, SETTINGS));
        }
        Path nearest = path.toAbsolutePath();
        for (Path up = nearest; !Files.exists(nearest) && up != null; up = up.getParent()) {
            nearest = up;
        }
        if (!Files.isDirectory(nearest)) {
            throw new UserInputException(
                    "%s: expected a folder for the run, but %s is a file".formatted(path, nearest));
        }
    }

    /**
     * Opens the folder of a run.
     *
     * @param path the folder
     * @return the folder with the settings it was made with
     * @throws UserInputException if there is no such folder, it holds no run, or its settings do
     *     not fit this version
     */
    public static RunFolder open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new UserInputException(path + ": expected the folder of a run, found none");
        }
        Path file = path.resolve(SETTINGS);
        if (!Files.exists(file)) {
            throw new UserInputException(
                    "%s: expected the folder of a run, found no %s in it"
                            .formatted(path, SETTINGS));
        }
        return new RunFolder(path, RunSettings.read(file, Map.of()));
    }

    /**
     * Returns the folder itself.
     *
     * @return its path as it was given
     */
    public Path path() {
        return path;
    }

    /**
     * Returns the name that stands for the run in tables.
     *
     * @return the name of the folder
     */
    public String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /**
     * Returns the settings of the run.
     *
     * @return the settings
     */
    public RunSettings settings() {
        return settings;
    }

    /**
     * Returns the file of the losses of every step, as {@link LossesCsv} writes it.
     *
     * @return {@code losses.csv}
     */
    public Path losses() {
        return path.resolve("losses.csv");
    }

    /**
     * Returns the folder of the checkpoints.
     *
     * @return {@code checkpoints}, which exists
     */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /**
     * Returns the file of the learning curve.
     *
     * @return {@code learning-curve.png}
     */
    public Path learningCurve() {
        return path.resolve("learning-curve.png");
    }
}
