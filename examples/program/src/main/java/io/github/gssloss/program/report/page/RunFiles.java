/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the folder of a run has to tell, as far as it is there. */
final class RunFiles {

    private static final String LOSSES = "losses.csv";
    private static final String DECISIONS = "decisions.png";

    private final Optional<String> named;
    private final Optional<Path> path;

    private RunFiles(Optional<String> named) {
        this.named = named;
        this.path = named.flatMap(RunFiles::parsed);
    }

    /** The folder that is given, or else the one that the evaluation's facts name. */
    static RunFiles of(JudgedRun judged, List<Fact> facts) {
        return new RunFiles(
                judged.run().map(Path::toString).or(() -> YamlFacts.find(facts, "run")));
    }

    /** The folder as it was named, whether it is there or not. */
    Optional<String> named() {
        return named;
    }

    /** The last part of the folder's name. */
    Optional<String> name() {
        return path.map(folder -> folder.toAbsolutePath().normalize().getFileName())
                .map(Path::toString);
    }

    /** A name that was given on another system may be none here. */
    private static Optional<Path> parsed(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Why there is nothing to tell, where that is so. */
    Optional<String> note() {
        if (named.isEmpty()) {
            return Optional.of(
                    "The evaluation does not say which run it judged: there are no settings and"
                            + " no learning curves.");
        }
        return folder().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "The folder of the run, "
                                + named.get()
                                + ", is not there: there are no settings and no learning curves.");
    }

    List<Fact> facts(String file) {
        return folder().map(path -> YamlFacts.read(path.resolve(file))).orElse(List.of());
    }

    /** The losses of the run. */
    Curves curves() {
        if (folder().isEmpty()) {
            return new Curves(Optional.empty(), note());
        }
        Path losses = folder().get().resolve(LOSSES);
        if (!Files.isRegularFile(losses)) {
            return Curves.without("The run has left no " + LOSSES + ".");
        }
        try {
            CurveChart chart = CurveChart.read(losses);
            return chart.isEmpty()
                    ? Curves.without("There is no step in " + losses + " yet.")
                    : new Curves(Optional.of(chart), Optional.empty());
        } catch (UserInputException e) {
            return Curves.without("The losses cannot be drawn: " + e.getMessage());
        }
    }

    /** The chart of how the votes were decided on the way, as a data URI. */
    Optional<String> decisions() {
        return folder().flatMap(path -> EmbeddedPicture.of(path.resolve(DECISIONS)));
    }

    private Optional<Path> folder() {
        return path.filter(Files::isDirectory);
    }

    /**
     * Curves, or why there are none.
     *
     * @param chart the curves
     * @param note why there are none
     */
    record Curves(Optional<CurveChart> chart, Optional<String> note) {

        static Curves without(String note) {
            return new Curves(Optional.empty(), Optional.of(note));
        }
    }
}
