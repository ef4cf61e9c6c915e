/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.YamlValues.Given;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Reads the file of an experiment: nothing unknown, and every arm is checked. */
final class ExperimentReader {

    private static final List<String> KEYS =
            List.of(
                    "name",
                    "data",
                    "judge",
                    "subsets",
                    "overlap",
                    "seeds",
                    "processes",
                    "threads",
                    "settings",
                    "start",
                    "arms");

    /** Also the names of folders. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}";

    private static final String START = "start";
    private static final String WEIGHTS = "model.weights";

    private final Path file;
    private final ExperimentValues values;

    ExperimentReader(Path file) {
        this.file = file;
        values = new ExperimentValues(file, YamlValues.read(file));
    }

    Experiment read() {
        checkKeys();
        Map<String, Given> common = values.section("settings");
        refuse(common, "settings.", "seed", "nothing here, as the key seeds has the seeds");
        Map<String, Map<String, Given>> arms = arms();
        Optional<Map<String, Given>> start = start(arms);
        if (start.isPresent()) {
            arms.forEach((name, own) -> refuseWeights(own, "arms." + name + "."));
        }
        Experiment read = new Experiment(file, plan(), common, start, arms);
        for (String arm : read.arms()) {
            read.settings(arm, 0, start.map(any -> Path.of("start.npz")));
        }
        if (read.isContinued()) {
            read.start(0);
        }
        return read;
    }

    private Experiment.Plan plan() {
        int processes = values.atLeast("processes", 1, 1);
        if (processes == 1) {
            values.given("threads")
                    .ifPresent(
                            given -> {
                                throw values.wrong(
                                        "threads",
                                        "nothing where processes is 1 (the engine then takes what"
                                                + " the program has)",
                                        given);
                            });
        }
        Optional<Double> overlap = values.value("overlap", Double.class, "a number");
        if (overlap.isPresent() && !(overlap.get() >= 0 && overlap.get() < 1)) {
            throw values.wrong("overlap", "0 to below 1");
        }
        return new Experiment.Plan(
                values.value("name", String.class, "text").orElseGet(this::fileName),
                values.cohort("data"),
                values.cohort("judge"),
                values.value("subsets", String[].class, "a list such as [all, flair, t1ce+t2]")
                        .map(List::of)
                        .orElse(List.of()),
                overlap,
                seeds(),
                processes,
                values.atLeast("threads", 1, 1));
    }

    private String fileName() {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString().replaceFirst("\\.ya?ml$", "");
    }

    private void checkKeys() {
        values.all()
                .forEach(
                        (key, given) -> {
                            String first = key.split("\\.", 2)[0];
                            if (!KEYS.contains(first)) {
                                String hint =
                                        Spelling.closest(first, KEYS)
                                                .map(meant -> ", did you mean '" + meant + "'?")
                                                .orElse(
                                                        " (known: "
                                                                + String.join(", ", KEYS)
                                                                + ")");
                                throw new UserInputException(
                                        given.source() + "unknown key '" + first + "'" + hint);
                            }
                        });
    }

    private List<Long> seeds() {
        String expected = "a list of different whole numbers of at least 0, such as [1, 2, 3]";
        long[] seeds =
                values.value("seeds", long[].class, expected)
                        .orElseThrow(
                                () ->
                                        new UserInputException(
                                                file
                                                        + ": seeds: expected "
                                                        + expected
                                                        + ", got nothing"));
        boolean distinct = LongStream.of(seeds).distinct().count() == seeds.length;
        if (seeds.length == 0 || !distinct || LongStream.of(seeds).anyMatch(seed -> seed < 0)) {
            throw values.wrong("seeds", expected);
        }
        return LongStream.of(seeds).boxed().toList();
    }

    /** The arms' own settings by their names. */
    private Map<String, Map<String, Given>> arms() {
        Map<String, Map<String, Given>> arms = new LinkedHashMap<>();
        values.section("arms")
                .forEach(
                        (key, given) -> {
                            String name = key.split("\\.", 2)[0];
                            checkName(name, given);
                            Map<String, Given> own =
                                    arms.computeIfAbsent(name, any -> new LinkedHashMap<>());
                            if (key.length() > name.length()) {
                                own.put(key.substring(name.length() + 1), given);
                            } else if (!given.isNothing()) {
                                throw values.wrong("arms." + name, "settings under it", given);
                            }
                        });
        if (arms.isEmpty()) {
            throw new UserInputException(
                    file + ": arms: expected at least one name with settings, got nothing");
        }
        arms.forEach(
                (name, own) ->
                        refuse(
                                own,
                                "arms." + name + ".",
                                "seed",
                                "nothing here, as the key seeds has the seeds"));
        return arms;
    }

    private void checkName(String name, Given given) {
        if (!name.matches(NAME) || name.equals(START)) {
            throw new UserInputException(
                    given.source()
                            + "arms: expected names of up to 60 letters, digits, - and _ (start is"
                            + " not free), got '"
                            + name
                            + "'");
        }
    }

    /** The settings of the start: those of an arm, or its own. */
    private Optional<Map<String, Given>> start(Map<String, Map<String, Given>> arms) {
        Optional<Given> arm = values.given(START).filter(given -> !given.isNothing());
        if (arm.isPresent()) {
            String name = arm.get().value().asString("");
            if (!arms.containsKey(name)) {
                String names = arms.keySet().stream().collect(Collectors.joining(", "));
                throw values.wrong(
                        START, "the name of an arm (" + names + ") or settings", arm.get());
            }
            return Optional.of(arms.get(name));
        }
        boolean wanted = values.all().keySet().stream().anyMatch(key -> isOf(START, key));
        return wanted ? Optional.of(checkedStart()) : Optional.empty();
    }

    private Map<String, Given> checkedStart() {
        Map<String, Given> own = values.section(START);
        refuse(own, "start.", "seed", "nothing here, as the key seeds has the seeds");
        return own;
    }

    private static boolean isOf(String section, String key) {
        return key.equals(section) || key.startsWith(section + ".");
    }

    private void refuseWeights(Map<String, Given> own, String prefix) {
        refuse(own, prefix, WEIGHTS, "nothing here, as every arm has the weights of the start");
    }

    private void refuse(Map<String, Given> own, String prefix, String key, String expected) {
        if (own.containsKey(key)) {
            throw values.wrong(prefix + key, expected, own.get(key));
        }
    }
}
