/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the file of an experiment: nothing unknown, and every arm is checked. */
final class ExperimentReader {

    private static final List<String> PLAN =
            Arrays.stream(ExperimentPlan.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
    private static final String SETTINGS = "settings";
    private static final String START = "start";
    private static final String ARMS = "arms";
    private static final List<String> SECTIONS = List.of(SETTINGS, START, ARMS);

    /** Also the names of folders. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}";

    private static final String WEIGHTS = "model.weights";

    private final Path file;
    private final Optional<Path> data;
    private final Map<String, Given> values = new LinkedHashMap<>();

    /** Reads a file whose cases to train on may be replaced by those of a folder. */
    ExperimentReader(Path file, Optional<Path> data) {
        this.file = file;
        this.data = data;
        Yaml.read(file).forEach(this::put);
    }

    private void put(String written, Given given) {
        // What evaluate was called before.
        String key = written.replaceFirst("^judge(?=[.]|$)", "evaluate");
        String first = first(key);
        if (!PLAN.contains(first) && !SECTIONS.contains(first)) {
            List<String> known = new ArrayList<>(PLAN);
            known.addAll(SECTIONS);
            throw new UserInputException(given.source() + Spelling.unknown(first, first, known));
        }
        if (values.put(key, given) != null) {
            throw new UserInputException(given.source() + "key '" + key + "' is given twice");
        }
    }

    private static String first(String key) {
        return key.split("\\.", 2)[0];
    }

    Experiment read() {
        Map<String, Given> common = section(SETTINGS, "keys under it");
        refuse(common, "settings.");
        ExperimentPlan plan = plan();
        folder(plan).filter(Files::isDirectory).ifPresent(folder -> describe(common, folder));
        Map<String, Map<String, Given>> arms = arms();
        Optional<Map<String, Given>> start = start(arms);
        if (start.isPresent()) {
            arms.forEach(
                    (name, own) ->
                            refuse(
                                    own,
                                    "arms." + name + ".",
                                    WEIGHTS,
                                    "every arm has the weights of the start"));
        }
        Experiment read = new Experiment(file, plan, common, start, arms);
        for (String arm : read.arms()) {
            read.settings(arm, 0, start.map(any -> Path.of("start.npz")));
        }
        if (read.isContinued()) {
            read.start(0);
        }
        return read;
    }

    private Optional<Path> folder(ExperimentPlan plan) {
        return data.or(() -> plan.data().flatMap(CohortSource::folder).map(Path::of));
    }

    /** What the folder of the cases says of them, unless the settings say it. */
    private static void describe(Map<String, Given> common, Path folder) {
        DatasetSettings.described(Map.of(), common, folder)
                .forEach((key, value) -> common.putIfAbsent(key, Given.text(value)));
    }

    private ExperimentPlan plan() {
        SettingsReader<ExperimentPlan> reader =
                new SettingsReader<>(ExperimentPlan.class, file + ": ");
        String name = file.toFile().getName().replaceFirst("\\.ya?ml$", "");
        reader.put("name", Given.text(name));
        values.forEach(
                (key, given) -> {
                    if (key.equals("data") || key.equals("evaluate")) {
                        if (!given.value().isString()) {
                            throw given.wrong(key, "a folder, or phantoms with their settings");
                        }
                        reader.put(key + ".folder", given);
                    } else if (PLAN.contains(first(key))) {
                        reader.put(key, given);
                    }
                });
        return reader.read();
    }

    /** What stands under a key, by the rest of the keys; nothing where the key is not there. */
    private Map<String, Given> section(String name, String expected) {
        Map<String, Given> section = new LinkedHashMap<>();
        values.forEach(
                (key, given) -> {
                    if (key.startsWith(name + ".")) {
                        section.put(key.substring(name.length() + 1), given);
                    } else if (key.equals(name) && !given.isNothing()) {
                        throw given.wrong(name, expected);
                    }
                });
        return section;
    }

    /** The arms' own settings by their names. */
    private Map<String, Map<String, Given>> arms() {
        Map<String, Map<String, Given>> arms = new LinkedHashMap<>();
        section(ARMS, "keys under it")
                .forEach(
                        (key, given) -> {
                            String name = first(key);
                            checkName(name, given);
                            String section = ARMS + "." + name;
                            arms.put(name, section(section, "settings under it"));
                        });
        if (arms.isEmpty()) {
            throw new UserInputException(
                    file + ": arms: expected at least one name with settings, got nothing");
        }
        arms.forEach((name, own) -> refuse(own, "arms." + name + "."));
        return arms;
    }

    private static void checkName(String name, Given given) {
        if (!name.matches(NAME) || name.equals(START)) {
            throw new UserInputException(
                    ("%sarms: expected names of up to 60 letters, digits, - and _ (start is not"
                                    + " free), got '%s'")
                            .formatted(given.source(), name));
        }
    }

    /** The settings of the start: those of an arm, or its own. */
    private Optional<Map<String, Given>> start(Map<String, Map<String, Given>> arms) {
        Given arm = values.get(START);
        if (arm != null && !arm.isNothing()) {
            String name = arm.value().asString("");
            if (!arms.containsKey(name)) {
                String names = String.join(", ", arms.keySet());
                throw arm.wrong(START, "the name of an arm (" + names + ") or settings");
            }
            return Optional.of(arms.get(name));
        }
        Map<String, Given> own = section(START, "keys under it");
        refuse(own, "start.");
        return arm == null && own.isEmpty() ? Optional.empty() : Optional.of(own);
    }

    /** What the experiment decides is no setting of an arm. */
    private static void refuse(Map<String, Given> own, String prefix) {
        refuse(own, prefix, "seed", "the key seeds has the seeds");
        refuse(own, prefix, "threads", "the experiment's key threads has them");
    }

    private static void refuse(Map<String, Given> own, String prefix, String key, String reason) {
        if (own.containsKey(key)) {
            throw own.get(key).wrong(prefix + key, "nothing here, as " + reason);
        }
    }
}
