/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that the evaluation of one run has left. */
final class EvaluationFolder {

    static final String SCORES = "scores.csv";

    private static final String DECISIONS = "decisions-";
    private static final String PNG = ".png";

    private final Path path;
    private final Scores scores;
    private final List<Fact> facts;

    private EvaluationFolder(Path path, Scores scores, List<Fact> facts) {
        this.path = path;
        this.scores = scores;
        this.facts = facts;
    }

    /**
     * Opens a folder.
     *
     * @throws UserInputException if there is none, or it holds no scores that can be read
     */
    static EvaluationFolder open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new UserInputException(
                    path + ": expected the folder of an evaluation, found none");
        }
        return new EvaluationFolder(
                path,
                Scores.read(path.resolve(SCORES)),
                YamlFacts.read(path.resolve("evaluation.yaml")));
    }

    Path path() {
        return path;
    }

    Scores scores() {
        return scores;
    }

    /** What {@code evaluation.yaml} says; empty where there is none. */
    List<Fact> facts() {
        return facts;
    }

    /** The slices of a case with truth and predictions, as a data URI. */
    Optional<String> overlay(String caseName) {
        return picture("overlay-" + caseName + PNG);
    }

    /** A slice of a case with the rules that decided, as a data URI. */
    Optional<String> decisions(String caseName) {
        return picture(DECISIONS + caseName + PNG);
    }

    /** The cases of which there is a picture of decisions, by name. */
    List<String> decidedCases() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(DECISIONS) && name.endsWith(PNG))
                    .map(name -> name.substring(DECISIONS.length(), name.length() - PNG.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> picture(String name) {
        return EmbeddedPicture.of(path.resolve(name));
    }
}
