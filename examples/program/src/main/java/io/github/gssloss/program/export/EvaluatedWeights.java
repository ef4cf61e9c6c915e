/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.export;

import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.config.Yaml;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an evaluation has found of some weights alone.
 *
 * @param folder the folder that {@code gss evaluate} has left
 * @param record what it says of itself
 * @param table the scores
 */
record EvaluatedWeights(Path folder, JsonNode record, ScoreTable table) {

    private static final String RECORD = "evaluation.yaml";

    /** What of the record says how the numbers came about, and names neither cases nor folders. */
    private static final List<String> CONDITIONS =
            List.of(
                    "subsets",
                    "window",
                    "overlap",
                    "windowWeights",
                    "mirror",
                    "passes",
                    "emptyMasks",
                    "hd95",
                    "measuredBy",
                    "furtherMeasures");

    /**
     * Finds the evaluation of weights: in a folder, or in one of the folders in it.
     *
     * @param folder the folder
     * @param sha256 the checksum of the weights
     * @param description what the cases show
     * @return empty where there is none of these weights
     * @throws UserInputException if there are several, or a file cannot be read
     */
    static Optional<EvaluatedWeights> find(
            Path folder, String sha256, DataDescription description) {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> inside = Files.list(folder)) {
            Stream.concat(Stream.of(folder), inside.filter(Files::isDirectory).sorted())
                    .filter(one -> Files.isRegularFile(one.resolve(RECORD)))
                    .filter(one -> isOf(read(one.resolve(RECORD)), sha256))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UserInputException(folder + ": cannot be read: " + e, e);
        }
        if (found.size() > 1) {
            throw new UserInputException(
                    "%s: expected one evaluation of these weights, found %s; --evaluated names one"
                            .formatted(
                                    folder,
                                    found.stream()
                                            .map(Path::toString)
                                            .collect(Collectors.joining(", "))));
        }
        return found.stream().findFirst().map(one -> of(one, description));
    }

    /** Whether the numbers are those of the weights, and of no others beside them. */
    private static boolean isOf(JsonNode record, String sha256) {
        return record.path("sha256").asString("").equals(sha256) && !record.has("averagedWith");
    }

    private static EvaluatedWeights of(Path folder, DataDescription description) {
        List<Score> scores = ScoresCsv.read(folder.resolve("scores.csv"), description);
        if (scores.isEmpty()) {
            throw new UserInputException(folder + ": expected scores, found none");
        }
        return new EvaluatedWeights(folder, read(folder.resolve(RECORD)), new ScoreTable(scores));
    }

    private static JsonNode read(Path file) {
        try {
            return Yaml.MAPPER.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw new UserInputException(file + ": expected a record of an evaluation", e);
        }
    }

    /** How the numbers came about. */
    Map<String, Object> conditions() {
        Map<String, Object> conditions = new LinkedHashMap<>();
        CONDITIONS.stream()
                .filter(record::has)
                .forEach(name -> conditions.put(name, record.path(name)));
        return conditions;
    }

    /** The names of the cases. */
    Set<String> cases() {
        return table.rows().stream().map(Score::caseName).collect(Collectors.toSet());
    }

    /**
     * Says of how many cases the numbers are.
     *
     * @param trained the names of the cases that the weights were trained on; none: not known
     */
    String caseWords(Set<String> trained) {
        long seen = cases().stream().filter(trained::contains).count();
        String words = Counted.of(cases().size(), "case");
        if (trained.isEmpty()) {
            return words + "; it is not known whether the network was trained on some";
        }
        return seen == 0
                ? words + ", none of which it was trained on"
                : "%s, %d of which it was trained on: the measures flatter it"
                        .formatted(words, seen);
    }
}
