/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.YamlValues.Given;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The values of an experiment's file by dotted key, and what they must be. */
final class ExperimentValues {

    private static final List<String> PHANTOM_KEYS =
            List.of("subjects", "seed", "shape", "noise", "bias", "contrast", "withoutEnhancing");

    private final Path file;
    private final Map<String, Given> values;

    ExperimentValues(Path file, Map<String, Given> values) {
        this.file = file;
        this.values = values;
    }

    Map<String, Given> all() {
        return values;
    }

    Optional<Given> given(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** What stands under a key, by the rest of the keys; nothing where the key is not there. */
    Map<String, Given> section(String name) {
        Map<String, Given> section = new LinkedHashMap<>();
        values.forEach(
                (key, given) -> {
                    if (key.startsWith(name + ".")) {
                        section.put(key.substring(name.length() + 1), given);
                    } else if (key.equals(name) && !given.isNothing()) {
                        throw wrong(name, "keys under it", given);
                    }
                });
        return section;
    }

    <T> Optional<T> value(String key, Class<T> type, String expected) {
        Given given = values.get(key);
        if (given == null) {
            return Optional.empty();
        }
        if (given.isNothing()) {
            throw wrong(key, expected, given);
        }
        try {
            return Optional.of(SettingsYaml.MAPPER.treeToValue(given.value(), type));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new UserInputException(wrong(key, expected, given).getMessage(), e);
        }
    }

    int atLeast(String key, int least, int fallback) {
        String expected = "a whole number of at least " + least;
        int value = value(key, Integer.class, expected).orElse(fallback);
        if (value < least) {
            throw wrong(key, expected);
        }
        return value;
    }

    /** A folder, or phantoms. */
    Optional<CohortSource> cohort(String key) {
        Map<String, Given> below = new LinkedHashMap<>();
        values.forEach(
                (name, given) -> {
                    if (name.startsWith(key + ".")) {
                        below.put(name.substring(key.length() + 1), given);
                    }
                });
        if (below.isEmpty()) {
            return value(key, String.class, "a folder, or phantoms with their settings")
                    .map(Path::of)
                    .map(CohortSource::of);
        }
        below.forEach((name, given) -> checkPhantomKey(key, name, given));
        return Optional.of(
                new CohortSource(Optional.empty(), Optional.of(phantoms(key + ".phantoms."))));
    }

    private static void checkPhantomKey(String cohort, String name, Given given) {
        List<String> known = PHANTOM_KEYS.stream().map(key -> "phantoms." + key).toList();
        if (!known.contains(name)) {
            String hint =
                    Spelling.closest(name, known)
                            .map(meant -> ", did you mean '" + cohort + "." + meant + "'?")
                            .orElse(
                                    " (known under phantoms: "
                                            + String.join(", ", PHANTOM_KEYS)
                                            + ")");
            throw new UserInputException(
                    given.source() + "unknown key '" + cohort + "." + name + "'" + hint);
        }
    }

    private PhantomSource phantoms(String prefix) {
        if (!values.containsKey(prefix + "subjects")) {
            throw new UserInputException(
                    file + ": " + prefix + "subjects: expected a whole number, got nothing");
        }
        return new PhantomSource(
                atLeast(prefix + "subjects", 1, 1),
                value(prefix + "seed", Long.class, "a whole number of at most 64 bits").orElse(0L),
                value(prefix + "shape", VolumeSize.class, VolumeSize.EXPECTED),
                number(prefix + "noise"),
                number(prefix + "bias"),
                number(prefix + "contrast"),
                number(prefix + "withoutEnhancing"));
    }

    private Optional<Double> number(String key) {
        return value(key, Double.class, "a number");
    }

    UserInputException wrong(String key, String expected) {
        return wrong(key, expected, values.get(key));
    }

    UserInputException wrong(String key, String expected, Given got) {
        return new UserInputException(
                "%s%s: expected %s, got %s".formatted(got.source(), key, expected, got.quoted()));
    }
}
