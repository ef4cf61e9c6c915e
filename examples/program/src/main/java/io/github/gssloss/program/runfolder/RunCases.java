/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.program.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;

/**
 * The cases of a run. Each has a key that changes with the content of its files and with how they
 * are prepared: a run that goes on has to find the same.
 *
 * @param training the keys of the cases it is trained on, by name
 * @param validation the keys of the cases it is validated on, by name
 * @param preparation how cases are prepared, in words by name; empty where an earlier version wrote
 *     the cases: its keys are of names, sizes and times, and cannot be compared
 * @param incomplete the modalities of the training cases that lack some, as {@code flair+t1} by the
 *     name of the case; the others have all
 * @param hidden the modalities that are hidden from training cases, in the same form: they have
 *     files, of which nothing is used
 * @param spacing the spacings of the prepared training cases; empty where an earlier version wrote
 *     the cases
 */
public record RunCases(
        SortedMap<String, String> training,
        SortedMap<String, String> validation,
        SortedMap<String, String> preparation,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> incomplete,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> hidden,
        Optional<TrainedSpacing> spacing) {

    private static final String ALL = "all modalities";

    /**
     * Keeps copies.
     *
     * @param training the keys of the cases it is trained on, by name
     * @param validation the keys of the cases it is validated on, by name
     * @param preparation how cases are prepared, in words by name; null as empty
     * @param incomplete the modalities of the training cases that lack some; null as empty
     * @param hidden the modalities that are hidden from training cases; null as empty
     * @param spacing the spacings of the prepared training cases; null as empty
     */
    public RunCases {
        training = new TreeMap<>(training);
        validation = new TreeMap<>(validation);
        preparation = copy(preparation);
        incomplete = copy(incomplete);
        hidden = copy(hidden);
        spacing = spacing == null ? Optional.empty() : spacing;
    }

    private static SortedMap<String, String> copy(Map<String, String> map) {
        return map == null ? new TreeMap<>() : new TreeMap<>(map);
    }

    /**
     * Writes the cases as YAML.
     *
     * @param file the file
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        WholeFile.write(file, Yaml.MAPPER.writeValueAsString(this));
    }

    /**
     * Reads the cases of a run.
     *
     * @param run the run, or an exported model
     * @return the cases; empty where it does not say
     * @throws UserInputException if the file is of another kind; of an exported model it names that
     * @throws IOException if it cannot be read
     */
    public static Optional<RunCases> of(RunFolder run) throws IOException {
        if (!Files.exists(run.cases())) {
            return Optional.empty();
        }
        String text = Files.readString(run.cases());
        return Optional.of(run.naming(() -> parse(text, run.cases())));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param file the file
     * @return the cases
     * @throws UserInputException if the file is missing or of another kind
     * @throws IOException if it cannot be read
     */
    public static RunCases read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new UserInputException(
                    file + ": expected the cases of a run that was trained here, found none");
        }
        return parse(Files.readString(file), file);
    }

    private static RunCases parse(String text, Path file) {
        try {
            return Yaml.MAPPER.readValue(text, RunCases.class);
        } catch (JacksonException e) {
            throw new UserInputException(
                    file + ": expected the cases of a run, got: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Compares how the cases of a run were prepared with how its settings prepare cases now.
     *
     * @param run a run, which may have been trained by another version
     * @return the difference in a line; empty where there is none or the run does not say
     * @throws IOException if its cases cannot be read
     */
    public static Optional<String> preparationDifference(RunFolder run) throws IOException {
        return of(run).flatMap(
                        cases ->
                                cases.preparationDifference(
                                        run.settings().preparation().record().fields()))
                .map(line -> run.path() + ": was trained otherwise: " + line);
    }

    /**
     * Returns whether the keys can be compared.
     *
     * @return false where an earlier version wrote them
     */
    public boolean comparable() {
        return !preparation.isEmpty();
    }

    /**
     * Compares the cases of a run with those it finds later: their names alone where the keys
     * cannot be compared.
     *
     * @param found the cases it finds
     * @return the first difference in words; empty where there is none
     */
    public Optional<String> difference(RunCases found) {
        if (!comparable()) {
            return difference("training", names(training), names(found.training))
                    .or(() -> difference("validation", names(validation), names(found.validation)));
        }
        return preparationDifference(found.preparation)
                .or(() -> modalitiesDifference(found))
                .or(() -> difference("training", training, found.training))
                .or(() -> difference("validation", validation, found.validation));
    }

    private static Map<String, String> names(Map<String, String> keys) {
        Map<String, String> names = new TreeMap<>(keys);
        names.replaceAll((name, key) -> "");
        return names;
    }

    private Optional<String> modalitiesDifference(RunCases found) {
        return training.keySet().stream()
                .filter(name -> found.training.containsKey(name))
                .filter(name -> !modalities(name).equals(found.modalities(name)))
                .findFirst()
                .map(
                        name ->
                                "expected the training case %s with %s, got %s"
                                        .formatted(name, modalities(name), found.modalities(name)));
    }

    private String modalities(String name) {
        return incomplete.getOrDefault(name, ALL);
    }

    private Optional<String> preparationDifference(Map<String, String> now) {
        SortedSet<String> names = new TreeSet<>(preparation.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(preparation.get(name), now.get(name)))
                .findFirst()
                .map(
                        name ->
                                "expected cases prepared with %s '%s', got '%s'"
                                        .formatted(
                                                name,
                                                preparation.getOrDefault(name, ""),
                                                now.getOrDefault(name, "")));
    }

    /**
     * Compares the keys of cases, by name.
     *
     * @param what what the cases are for, a word
     * @param before the keys as they were
     * @param now the keys as they are
     * @return the first difference in words; empty where there is none
     */
    public static Optional<String> difference(
            String what, Map<String, String> before, Map<String, String> now) {
        for (Map.Entry<String, String> one : before.entrySet()) {
            String key = now.get(one.getKey());
            if (key == null) {
                return Optional.of(
                        "expected the %s case %s, found none".formatted(what, one.getKey()));
            }
            if (!key.equals(one.getValue())) {
                return Optional.of(
                        "expected the %s case %s as it was, got files of other content"
                                .formatted(what, one.getKey()));
            }
        }
        return now.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .findFirst()
                .map(
                        name ->
                                "expected the %d %s cases it began with, got %s beside them"
                                        .formatted(before.size(), what, name));
    }
}
