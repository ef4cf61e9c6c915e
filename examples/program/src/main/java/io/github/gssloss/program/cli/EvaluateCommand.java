/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.evaluation.RunComparison;
import io.github.gssloss.program.part.CasePart;
import io.github.gssloss.program.part.PartResult;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import io.github.gssloss.program.tables.ComparisonFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss evaluate}: evaluates the networks of runs on a folder of cases. */
@Command(name = "evaluate", sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

    @Mixin private RunOptions runs;
    @Mixin private CaseOptions cases;
    @Mixin private IntakeOptions intake;

    @Option(names = "--out", paramLabel = "DIR", required = true)
    private Path out;

    @Mixin private PartOptions parts;
    @Mixin private EvaluationOptions how;
    @Mixin private ThreadOptions threads;
    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        List<RunFolder> folders = runs.open();
        Inputs.results("--out", out);
        Optional<CasePart> own = parts.part();
        Path data = cases.data();
        EvaluationSettings settings = settings(description(folders));
        List<String> problems = new ArrayList<>(intake.leftOut(data, description(folders)));
        threads.set(0);
        if (own.isPresent()) {
            problems.addAll(part(own.get(), folders, settings, data));
            return console.exit(problems);
        }
        problems.addAll(
                folders.size() > 1 && !how.ensemble()
                        ? compare(folders, settings, data)
                        : evaluate(folders, settings, data));
        return console.exit(problems);
    }

    /** How to evaluate. */
    EvaluationSettings settings(DataDescription description) {
        return how.settings(description);
    }

    /** What the cases show: the same for all runs that are compared. */
    private static DataDescription description(List<RunFolder> folders) {
        DataDescription first = folders.get(0).settings().description();
        for (RunFolder other : folders) {
            if (!other.settings().description().equals(first)) {
                throw new UserInputException(
                        "--run: expected runs of one data set, got %s of %s and %s of %s"
                                .formatted(
                                        folders.get(0).name(),
                                        first.name(),
                                        other.name(),
                                        other.settings().description().name()));
            }
        }
        return first;
    }

    private List<RunWeights> weights(List<RunFolder> folders) {
        return folders.stream().map(run -> RunWeights.of(run, runs.checkpoint())).toList();
    }

    /** Evaluates a run, or the mean of several. */
    private List<String> evaluate(List<RunFolder> folders, EvaluationSettings settings, Path data)
            throws IOException {
        EvaluationRun evaluation =
                new EvaluationRun(weights(folders), settings, console.progress());
        evaluation.weights().forEach(console::print);
        EvaluationResult result =
                parts.collect()
                        ? evaluation.collect(data, out, cases.cache(out))
                        : evaluation.evaluate(data, out, cases.cache(out));
        if (result.table().isPresent()) {
            console.print(result.table().get());
            console.print("Tables and pictures in " + out);
            report();
        }
        return result.problems();
    }

    /** One job of many, which share the folder. */
    private List<String> part(
            CasePart own, List<RunFolder> folders, EvaluationSettings settings, Path data)
            throws IOException {
        Map<String, PartResult> results;
        if (folders.size() > 1 && !how.ensemble()) {
            RunComparison comparison = new RunComparison(folders, settings, console.progress());
            comparison.weights().forEach(console::print);
            results = comparison.part(own, data, out, cases.cache(out));
        } else {
            EvaluationRun evaluation =
                    new EvaluationRun(weights(folders), settings, console.progress());
            evaluation.weights().forEach(console::print);
            PartResult result = evaluation.part(own, data, out, cases.cache(out));
            results = Map.of(folders.get(0).name(), result);
        }
        List<String> problems = new ArrayList<>();
        results.forEach(
                (name, result) -> {
                    console.print(name + ": " + result.words(own, "evaluated"));
                    problems.addAll(result.problems());
                });
        return problems.stream().distinct().toList();
    }

    private List<String> compare(List<RunFolder> folders, EvaluationSettings settings, Path data)
            throws IOException {
        RunComparison comparison = new RunComparison(folders, settings, console.progress());
        comparison.weights().forEach(console::print);
        RunComparison.Result result =
                parts.collect()
                        ? comparison.collect(data, out, cases.cache(out))
                        : comparison.evaluate(data, out, cases.cache(out));
        result.tables()
                .forEach(
                        (name, table) -> {
                            console.print(name);
                            console.print(table);
                        });
        if (result.comparison().isPresent()) {
            console.print(ComparisonFormat.ofRuns(result.comparison().get()).text());
            console.print("Comparison in " + out);
            report();
        }
        return result.problems();
    }

    private void report() {
        Path file = out.resolve(HtmlReport.FILE);
        HtmlReport.write(out, file);
        console.print("Report in " + file);
    }
}
