/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A grid of runs, arms by seeds, as a file describes it: every arm is the common settings with some
 * of its own. In a continued experiment a start is trained once for each seed, and all arms go on
 * from its weights.
 */
public final class Experiment {

    private final Path file;
    private final ExperimentPlan plan;
    private final Map<String, Given> common;
    private final Optional<Map<String, Given>> start;
    private final Map<String, Map<String, Given>> arms;

    Experiment(
            Path file,
            ExperimentPlan plan,
            Map<String, Given> common,
            Optional<Map<String, Given>> start,
            Map<String, Map<String, Given>> arms) {
        this.file = file;
        this.plan = plan;
        this.common = common;
        this.start = start;
        this.arms = arms;
    }

    /**
     * Reads an experiment and checks the settings of every arm.
     *
     * @param file a YAML file
     * @return the experiment
     * @throws UserInputException if the file cannot be read, a key is unknown or a value does not
     *     fit; the message names file and line
     */
    public static Experiment read(Path file) {
        return read(file, Optional.empty());
    }

    /**
     * Reads an experiment and checks the settings of every arm.
     *
     * @param file a YAML file
     * @param data the folder of the cases to train on; empty: as the file has it
     * @return the experiment
     * @throws UserInputException if the file or the folder's description cannot be read, a key is
     *     unknown or a value does not fit; the message names file and line
     */
    public static Experiment read(Path file, Optional<Path> data) {
        return new ExperimentReader(file, data).read();
    }

    /**
     * Returns what is not a setting of a run.
     *
     * @return cases, seeds and the like
     */
    public ExperimentPlan plan() {
        return plan;
    }

    /**
     * Returns the names of the arms.
     *
     * @return in the order of the file; the others are compared with the first
     */
    public List<String> arms() {
        return List.copyOf(arms.keySet());
    }

    /**
     * Returns whether the arms go on from a common start.
     *
     * @return whether {@link #start} has settings
     */
    public boolean isContinued() {
        return start.isPresent();
    }

    /**
     * Returns the settings of the start that all arms of a seed go on from. Its own seed is another
     * one than theirs, so that they see crops that it has not seen.
     *
     * @param seed the seed of the arms, at least 0
     * @return the settings
     */
    public RunSettings start(long seed) {
        return start(seed, OptionalInt.empty());
    }

    /**
     * Returns the settings of the start of a fold.
     *
     * @param seed the seed of the arms, at least 0
     * @param fold the fold that is left out; empty: none
     * @return the settings
     */
    public RunSettings start(long seed, OptionalInt fold) {
        Map<String, String> more = new LinkedHashMap<>(split(fold));
        more.put("seed", Long.toString(-1 - seed));
        return settings("start", start.orElseThrow(), more);
    }

    /**
     * Returns the settings of a run.
     *
     * @param arm the name of an arm
     * @param seed its seed
     * @param weights the weights of the start; empty where there is none
     * @return the settings
     */
    public RunSettings settings(String arm, long seed, Optional<Path> weights) {
        return settings(arm, seed, OptionalInt.empty(), weights);
    }

    /**
     * Returns the settings of a run.
     *
     * @param arm the name of an arm
     * @param seed its seed
     * @param fold the fold that is left out; empty: none
     * @param weights the weights of the start; empty where there is none
     * @return the settings
     */
    public RunSettings settings(String arm, long seed, OptionalInt fold, Optional<Path> weights) {
        Map<String, String> more = new LinkedHashMap<>(split(fold));
        more.put("seed", Long.toString(seed));
        weights.ifPresent(path -> more.put("model.weights", path.toString()));
        return settings("arms." + arm, arms.get(arm), more);
    }

    /**
     * Returns what the cases show.
     *
     * @return the description that the first arm has
     */
    public DataDescription description() {
        return settings(arms().get(0), 0, Optional.empty()).description();
    }

    /**
     * Returns the most threads that prepare crops in a run.
     *
     * @return their number, at least 1
     */
    public int workers() {
        return arms.keySet().stream()
                .mapToInt(arm -> settings(arm, 0, Optional.empty()).workers())
                .max()
                .orElse(1);
    }

    /**
     * Returns what an arm adds to the common settings.
     *
     * @param arm the name of an arm
     * @return a line for each of its settings, such as {@code loss.beta: 0.5}
     */
    public List<String> own(String arm) {
        return arms.get(arm).entrySet().stream()
                .map(one -> one.getKey() + ": " + one.getValue().value())
                .map(line -> line.replaceFirst(": \"(.*)\"$", ": $1"))
                .toList();
    }

    private Map<String, String> split(OptionalInt fold) {
        Map<String, String> values = new LinkedHashMap<>();
        fold.ifPresent(
                number -> {
                    values.put("split.fold", Integer.toString(number));
                    plan.splits()
                            .ifPresentOrElse(
                                    file -> values.put("split.file", file),
                                    () -> values.put("split.folds", plan.folds().get().toString()));
                });
        return values;
    }

    private RunSettings settings(String what, Map<String, Given> own, Map<String, String> more) {
        try {
            return new SettingsReader<>(RunSettings.class, "")
                    .given(common)
                    .given(own)
                    .values(more)
                    .read();
        } catch (UserInputException e) {
            String message = e.getMessage();
            throw message.startsWith(file.toString())
                    ? e
                    : new UserInputException(file + ": " + what + ": " + message, e);
        }
    }
}
