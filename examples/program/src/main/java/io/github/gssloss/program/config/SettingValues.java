/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The settings of a run as values by dotted key: compared, and put together anew. */
public final class SettingValues {

    /** What is said of a training in any case. */
    private static final List<String> SAID =
            List.of(
                    "model.width",
                    "crop",
                    "batch",
                    "epochs",
                    "iterations",
                    "lr",
                    "seed",
                    "loss.preset");

    /** How keys begin that belong to one machine, one folder of cases or one run's files. */
    private static final List<String> LOCAL =
            List.of(
                    "model.name",
                    "model.file",
                    "model.weights",
                    "workers",
                    "threads",
                    "device",
                    "missing.",
                    "split.",
                    "checkpointEvery",
                    "keepCheckpoints",
                    "validat",
                    "decisionsEvery");

    private SettingValues() {}

    /** The values by dotted key; those that are left out are missing. */
    private static Map<String, String> of(RunSettings settings) {
        JsonNode written = Yaml.MAPPER.valueToTree(settings);
        Map<String, String> values = new LinkedHashMap<>();
        for (SettingKey key : SettingKey.all()) {
            JsonNode value = written.at("/" + key.name().replace('.', '/'));
            if (!value.isMissingNode()) {
                values.put(key.name(), value.isValueNode() ? value.asString() : value.toString());
            }
        }
        return values;
    }

    /**
     * Returns the settings that go with the weights of a run, as options of {@code gss train}:
     * those that say most in any case, others where they are not the network's defaults. None of
     * them names a file, a case or a machine.
     *
     * @param settings the settings of the run
     * @return names, each followed by its value
     */
    public static List<String> options(RunSettings settings) {
        Map<String, String> usual =
                of(
                        RunSettings.of(
                                Map.of(
                                        "model.name",
                                        SettingKey.settingName(settings.model().name()))));
        Map<String, String> values = of(settings);
        values.keySet().removeIf(key -> LOCAL.stream().anyMatch(key::startsWith));
        if (settings.dataset().kind() == DatasetName.NNUNET) {
            // Its folder describes itself.
            values.keySet().removeIf(key -> key.startsWith("dataset."));
        }
        List<String> options = new ArrayList<>();
        values.forEach(
                (key, value) -> {
                    if (SAID.contains(key) || !value.equals(usual.get(key))) {
                        options.add("--" + key);
                        options.add(value);
                    }
                });
        return options;
    }

    /**
     * Compares what decides a result.
     *
     * @param there settings
     * @param now other settings
     * @param others dotted keys of settings that do not count, beside {@link RunSettings#ANEW}
     * @return the differences in words; empty where there is none
     */
    static Optional<String> difference(RunSettings there, RunSettings now, List<String> others) {
        Map<String, String> before = of(there);
        Map<String, String> after = of(now);
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        RunSettings.ANEW.forEach(keys::remove);
        others.forEach(keys::remove);
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of("there " + words(keys, before) + ", now " + words(keys, after));
    }

    private static String words(Set<String> keys, Map<String, String> values) {
        String words =
                keys.stream()
                        .filter(values::containsKey)
                        .map(key -> key + ": " + values.get(key))
                        .collect(Collectors.joining(", "));
        return words.isEmpty() ? "nothing" : words;
    }

    /**
     * Returns the settings of the part of a training that finds the leaders: the task losses alone.
     *
     * @param settings settings whose groups are to be found
     * @return settings without distillation, with the epochs of that part
     */
    public static RunSettings beforeLeaders(RunSettings settings) {
        Map<String, String> values = of(settings);
        values.keySet().removeIf(key -> key.startsWith("loss."));
        int epochs = settings.loss().leaderEpochs().orElse(Math.max(1, settings.epochs() / 2));
        values.put("epochs", Integer.toString(epochs));
        values.put("loss.preset", SettingKey.settingName(LossPreset.NONE));
        return RunSettings.of(values);
    }

    /**
     * Returns settings with leaders that were found.
     *
     * @param settings settings whose groups were to be found
     * @param groups the leaders of each class
     * @param weights the weights to go on from
     * @return the settings as if both had been given
     */
    public static RunSettings withLeaders(RunSettings settings, String groups, Path weights) {
        Map<String, String> values = of(settings);
        values.remove("loss.leaderEpochs");
        values.put("loss.groups", groups);
        values.put("model.weights", weights.toString());
        return RunSettings.of(values);
    }
}
