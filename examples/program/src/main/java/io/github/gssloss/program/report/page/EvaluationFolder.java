/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.SpreadsheetText;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * The files that the evaluation of one run has left.
 *
 * @param path the folder
 * @param scores what {@code scores.csv} holds
 * @param facts what {@code evaluation.yaml} says; empty where there is none
 */
record EvaluationFolder(Path path, Scores scores, Facts facts) {

    private static final String SCORES = "scores.csv";
    private static final String COMPARISON = "comparison.csv";
    private static final String DECISIONS = "decisions-";
    private static final String PNG = ".png";

    /**
     * Opens what an evaluation has left: the folder of one run, or one folder for each of several.
     *
     * @param folder the folder that the evaluation wrote to
     * @return the runs; of several, first the one that {@code comparison.csv} leaves out because
     *     all others are compared with it, then the others in its order
     * @throws UserInputException if there is no such folder, or it holds no scores that can be read
     */
    static List<EvaluationFolder> openAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserInputException(
                    folder + ": expected the folder of an evaluation, found none");
        }
        if (Files.isRegularFile(folder.resolve(SCORES))) {
            return List.of(open(folder));
        }
        List<Path> inside =
                list(folder).filter(path -> Files.isRegularFile(path.resolve(SCORES))).toList();
        if (inside.isEmpty()) {
            throw new UserInputException(
                    "%s: expected the folder of an evaluation, found no %s in it"
                            .formatted(folder, SCORES));
        }
        List<String> order = compared(folder.resolve(COMPARISON));
        return inside.stream()
                .sorted(Comparator.comparingInt(path -> order.indexOf(path.toFile().getName())))
                .map(EvaluationFolder::open)
                .toList();
    }

    private static EvaluationFolder open(Path path) {
        Path facts = path.resolve("evaluation.yaml");
        Facts known = Facts.read("The evaluation", facts.toString(), Optional.of(facts));
        return new EvaluationFolder(
                path, Scores.read(path.resolve(SCORES), description(known)), known);
    }

    /** What the cases showed: BraTS where nothing is said. */
    private static DataDescription description(Facts facts) {
        Map<String, String> values = new HashMap<>();
        facts.find("labels").ifPresent(kind -> values.put("dataset.kind", kind));
        facts.all().stream()
                .filter(fact -> fact.name().startsWith("dataset."))
                .forEach(fact -> values.put(fact.name(), fact.value()));
        try {
            return RunSettings.of(values).description();
        } catch (UserInputException e) {
            throw new UserInputException(facts.file() + ": " + e.getMessage(), e);
        }
    }

    /** The runs that the evaluation compared with the first one, which is not among them. */
    private static List<String> compared(Path comparison) {
        if (!Files.isRegularFile(comparison)) {
            return List.of();
        }
        CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = CSVParser.parse(comparison, StandardCharsets.UTF_8, format)) {
            return parser.stream()
                    .map(row -> SpreadsheetText.text(row.get("run")))
                    .distinct()
                    .toList();
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new UserInputException(
                    comparison + ": expected differences with a column run", e);
        }
    }

    /** The name of the folder. */
    String name() {
        return path.toAbsolutePath().normalize().toFile().getName();
    }

    /** The slices of a case with truth and predictions, as a data URI. */
    Optional<String> overlay(String caseName) {
        return picture("overlay-" + caseName + PNG);
    }

    /** The regions of a case in three planes, as a data URI. */
    Optional<String> planes(String caseName) {
        return picture("planes-" + caseName + PNG);
    }

    /** A slice of a case with the rules that decided, as a data URI. */
    Optional<String> decisions(String caseName) {
        return picture(DECISIONS + caseName + PNG);
    }

    /** Names come from {@code scores.csv}, which may be a stranger's: none leads elsewhere. */
    private Optional<String> picture(String name) {
        boolean inside = !name.contains("/") && !name.contains("\\") && !name.contains("\0");
        return inside ? Figure.uri(path.resolve(name)) : Optional.empty();
    }

    /** The cases of which there is a picture of decisions, by name. */
    List<String> decidedCases() {
        return list(path)
                .map(file -> file.toFile().getName())
                .filter(name -> name.startsWith(DECISIONS) && name.endsWith(PNG))
                .map(name -> name.substring(DECISIONS.length(), name.length() - PNG.length()))
                .toList();
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
