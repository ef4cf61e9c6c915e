/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.util.Progress;
import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.program.part.CasePart;
import io.github.gssloss.program.part.PartResult;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ComparisonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates several runs on the same cases and compares each with the first. */
public final class RunComparison {

    private final Map<String, EvaluationRun> runs = new LinkedHashMap<>();

    /**
     * Prepares a comparison.
     *
     * @param runs at least two runs; their folders' names are the names of the table
     * @param settings how to evaluate
     * @param progress the display of cases and windows
     * @throws UserInputException if two folders have the same name or a run has no weights
     */
    public RunComparison(List<RunFolder> runs, EvaluationSettings settings, Progress progress) {
        for (RunFolder run : runs) {
            EvaluationRun evaluated = new EvaluationRun(run, Optional.empty(), settings, progress);
            if (this.runs.put(run.name(), evaluated) != null) {
                throw new UserInputException(
                        "runs: expected folders of different names, got two named " + run.name());
            }
        }
    }

    /**
     * Says which weights are used of each run.
     *
     * @return run, file and step, a line for each
     */
    public List<String> weights() {
        return runs.values().stream().flatMap(one -> one.weights().stream()).distinct().toList();
    }

    /**
     * Evaluates the runs one after another, each as {@link EvaluationRun#evaluate} does it in a
     * folder of its name, and writes {@code comparison.csv} and {@code comparison.md}.
     *
     * @param data a folder of cases
     * @param out the folder for the runs' folders and the comparison; made where it is missing
     * @param cache the folder of the prepared cases
     * @return the scores of every run, the comparison, and why some cases have no scores
     * @throws UserInputException if the folder holds no case, the weights of a run do not fit, or a
     *     run shares no case with the first
     * @throws IOException if writing fails
     */
    public Result evaluate(Path data, Path out, Path cache) throws IOException {
        Files.createDirectories(out);
        return FolderLock.holding(
                out,
                EvaluationRun.TAKEN,
                () -> compare(out, (run, own) -> run.evaluate(data, own, cache)));
    }

    /**
     * Evaluates one part of the cases with each run, see {@link EvaluationRun#part}.
     *
     * @param part which cases
     * @param data a folder of cases
     * @param out the folder for the runs' folders
     * @param cache the folder of the prepared cases
     * @return what came of it, by the names of the runs
     * @throws UserInputException if the folder holds no case, the weights of a run do not fit, or
     *     somebody else works on the same part
     * @throws IOException if writing fails
     */
    public Map<String, PartResult> part(CasePart part, Path data, Path out, Path cache)
            throws IOException {
        Map<String, PartResult> results = new LinkedHashMap<>();
        for (Map.Entry<String, EvaluationRun> run : runs.entrySet()) {
            Path own = out.resolve(run.getKey());
            results.put(run.getKey(), run.getValue().part(part, data, own, cache));
        }
        return results;
    }

    /**
     * Compares what the parts have left, as {@link #evaluate} does after it has evaluated.
     *
     * @param data a folder of cases
     * @param out the folder that the parts have left
     * @param cache the folder of the prepared cases
     * @return the scores of every run, the comparison, and why some cases have no scores
     * @throws UserInputException if the folders hold nothing, or a run shares no case with the
     *     first
     * @throws IOException if writing fails
     */
    public Result collect(Path data, Path out, Path cache) throws IOException {
        CasePart.requireLeft(out);
        return FolderLock.holding(
                out,
                EvaluationRun.TAKEN,
                () -> compare(out, (run, own) -> run.collect(data, own, cache)));
    }

    /** Evaluates a run into a folder, or collects what was evaluated there. */
    @FunctionalInterface
    private interface Way {
        EvaluationResult result(EvaluationRun run, Path out) throws IOException;
    }

    private Result compare(Path out, Way way) throws IOException {
        Files.deleteIfExists(out.resolve("comparison.csv"));
        Files.deleteIfExists(out.resolve("comparison.md"));
        Map<String, ScoreTable> tables = new LinkedHashMap<>();
        Set<String> problems = new LinkedHashSet<>();
        for (Map.Entry<String, EvaluationRun> run : runs.entrySet()) {
            EvaluationResult result = way.result(run.getValue(), out.resolve(run.getKey()));
            result.table().ifPresent(table -> tables.put(run.getKey(), table));
            problems.addAll(result.problems());
        }
        if (tables.size() < runs.size()) {
            return new Result(tables, Optional.empty(), List.copyOf(problems));
        }
        Comparison comparison = Comparison.ofRuns(tables);
        ComparisonFormat format = ComparisonFormat.ofRuns(comparison);
        WholeFile.write(out.resolve("comparison.csv"), format.csv());
        WholeFile.write(out.resolve("comparison.md"), format.markdown());
        return new Result(tables, Optional.of(comparison), List.copyOf(problems));
    }

    /**
     * What came of it.
     *
     * @param tables the scores of the runs of which some case could be evaluated, by their names
     * @param comparison the comparison; empty where a run has no scores
     * @param problems a line for each case that could not be evaluated
     */
    public record Result(
            Map<String, ScoreTable> tables,
            Optional<Comparison> comparison,
            List<String> problems) {}
}
