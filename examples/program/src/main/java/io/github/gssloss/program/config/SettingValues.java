/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.nio.file.Path;
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
