/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.tables.ComparisonFormat;
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
     * Writes the report of an evaluation from the files that it has left. Several runs are compared
     * with the first one, with intervals of their differences.
     *
     * @param evaluated the folder of the evaluation of one run, or that of several with a folder
     *     for each; {@code comparison.csv} says which is the first
     * @param file the file to write or replace
     * @throws UserInputException if the folder holds no {@code scores.csv} or a damaged one, a run
     *     shares no case with the first, or the report cannot be written
     */
    public static void write(Path evaluated, Path file) {
        List<RunView> runs = new ArrayList<>();
        for (EvaluationFolder folder : EvaluationFolder.openAll(evaluated)) {
            runs.add(new RunView("run-" + (runs.size() + 1), folder));
        }
        boolean several = runs.size() > 1;
        String what = several ? runs.size() + " runs" : runs.get(0).name();
        Map<String, Object> view =
                Map.of(
                        "title",
                        "Evaluation of " + what,
                        "several",
                        several,
                        "comparison",
                        several ? Optional.of(compared(runs)) : Optional.empty(),
                        "runs",
                        runs);
        Templates.write("report.mustache", view, file);
    }

    private static SideBySide compared(List<RunView> runs) {
        Map<String, Scores> scores = new LinkedHashMap<>();
        Map<String, ScoreTable> tables = new LinkedHashMap<>();
        for (RunView run : runs) {
            scores.put(run.name(), run.scores());
            if (tables.put(run.name(), run.scores().table()) != null) {
                throw new UserInputException(
                        "runs: expected different names, got two named " + run.name());
            }
        }
        Comparison comparison = Comparison.ofRuns(tables);
        SideBySide.Words words =
                SideBySide.Words.ofRuns(
                        runs.get(0).name(), ComparisonFormat.ofRuns(comparison).notCompared());
        return SideBySide.of(words, comparison, scores);
    }
}
