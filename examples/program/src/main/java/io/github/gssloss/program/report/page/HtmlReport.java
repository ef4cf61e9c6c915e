/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.measure.ScoreTable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report of an evaluation as one HTML file that stands alone: numbers in short, the table of
 * all subsets as a heat map, Dice by number of modalities, the worst and best cases with their
 * pictures, which rule of the distillation decided where, learning curves, and how all this was
 * made; of several runs first how they compare. It follows the reader's choice of light or dark,
 * and prints.
 *
 * <p>Of each run only {@code scores.csv} has to be there. In place of anything else that is not
 * there the report says so.
 */
public final class HtmlReport {

    /** The name of the report in the folder of an evaluation. */
    public static final String FILE = "report.html";

    private HtmlReport() {}

    /**
     * Writes the report of an evaluation from the files that it has left.
     *
     * @param evaluated the folder of the evaluation of one run, or that of several with a folder
     *     for each and {@code comparison.csv}
     * @param file the file to write or replace
     * @throws UserInputException if the folder holds no {@code scores.csv} or a damaged one, or the
     *     report cannot be written
     */
    public static void write(Path evaluated, Path file) {
        write(EvaluatedFolders.find(evaluated), file);
    }

    /**
     * Writes the report of evaluations that lie in different folders. Several runs are compared
     * with the first one, with intervals of their differences.
     *
     * @param runs what was evaluated, at least one run
     * @param file the file to write or replace
     * @throws IllegalArgumentException if there is no run
     * @throws UserInputException if a folder holds no {@code scores.csv} or a damaged one, a run
     *     shares no case with the first, or the report cannot be written
     */
    public static void write(List<JudgedRun> runs, Path file) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("runs: expected at least one, got none");
        }
        List<RunView> views = new ArrayList<>();
        for (JudgedRun run : runs) {
            views.add(new RunView("run-" + (views.size() + 1), run));
        }
        Page page = new Page(views, compared(views));
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            Templates.write("report.mustache", page, out);
        } catch (IOException | UncheckedIOException e) {
            throw new UserInputException(file + ": expected a file that can be written", e);
        }
    }

    private static Optional<SideBySide> compared(List<RunView> views) {
        if (views.size() < 2) {
            return Optional.empty();
        }
        Map<String, Scores> scores = new LinkedHashMap<>();
        Map<String, ScoreTable> tables = new LinkedHashMap<>();
        for (RunView view : views) {
            scores.put(view.name(), view.scores());
            if (tables.put(view.name(), view.scores().table()) != null) {
                throw new UserInputException(
                        "runs: expected different names, got two named " + view.name());
            }
        }
        SideBySide.Words words = SideBySide.Words.ofRuns(views.get(0).name());
        return Optional.of(SideBySide.of(words, Comparison.ofRuns(tables), scores));
    }
}
