/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.program.evaluation.CasePart;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.evaluation.PartResult;
import io.github.gssloss.program.evaluation.RunComparison;
import io.github.gssloss.program.report.PictureStyle;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import io.github.gssloss.program.tables.ComparisonFormat;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code gss evaluate}: evaluates the networks of runs on a folder of cases. */
@Command(name = "evaluate", sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "RUN", required = true)
    private List<Path> runs;

    @Mixin private CaseOptions cases;
    @Mixin private IntakeOptions intake;

    @Option(names = "--out", paramLabel = "DIR", required = true)
    private Path out;

    @Option(names = "--checkpoint", paramLabel = "FILE")
    private Optional<Path> checkpoint;

    @Option(names = "--subsets", paramLabel = "SUBSET", split = ",")
    private List<String> subsets = List.of();

    @Option(names = "--overlap", paramLabel = "X")
    private double overlap = EvaluationSettings.HALF;

    @Option(names = "--unseen")
    private boolean unseen;

    @Option(names = "--part", paramLabel = "K/N")
    private Optional<String> part;

    @Option(names = "--collect")
    private boolean collect;

    @Option(names = "--ensemble")
    private boolean ensemble;

    @Option(names = "--pictures", paramLabel = "STYLE")
    private PictureStyle pictures = PictureStyle.FILLS;

    @Mixin private WindowOptions windows;
    @Mixin private MeasureOptions measures;
    @Mixin private ThreadOptions threads;
    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        List<RunFolder> folders = runs.stream().map(RunFolder::open).toList();
        checkpoint.ifPresent(file -> Inputs.file("--checkpoint", file));
        if (checkpoint.isPresent() && folders.size() > 1) {
            throw new UserInputException(
                    "--checkpoint: expected a single --run beside it, got " + folders.size());
        }
        Inputs.different("--run", runs);
        if (part.isPresent() && collect) {
            throw new UserInputException("expected one of --part and --collect, got both");
        }
        Optional<CasePart> own = part.map(CasePart::of);
        Path data = cases.data();
        EvaluationSettings how = settings(description(folders));
        List<String> problems = new ArrayList<>(intake.leftOut(data, description(folders)));
        threads.set(0);
        if (own.isPresent()) {
            problems.addAll(part(own.get(), folders, how, data));
            return console.exit(problems);
        }
        problems.addAll(
                folders.size() > 1 && !ensemble
                        ? compare(folders, how, data)
                        : evaluate(folders, how, data));
        return console.exit(problems);
    }

    /** How to evaluate. */
    EvaluationSettings settings(DataDescription description) {
        if (!(overlap >= 0 && overlap < 1)) {
            throw new UserInputException(
                    "--overlap: expected a number from 0 to below 1, got " + overlap);
        }
        EvaluationSettings all =
                EvaluationSettings.of(subsets, overlap, description)
                        .with(windows.use())
                        .withMeasures(measures.settings())
                        .withPictures(pictures);
        return unseen ? all.ofUnseen() : all;
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
        return folders.stream().map(run -> RunWeights.of(run, checkpoint)).toList();
    }

    /** Evaluates a run, or the mean of several. */
    private List<String> evaluate(List<RunFolder> folders, EvaluationSettings how, Path data)
            throws IOException {
        EvaluationRun evaluation = new EvaluationRun(weights(folders), how, console.progress());
        evaluation.weights().forEach(console::print);
        EvaluationResult result =
                collect
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
            CasePart own, List<RunFolder> folders, EvaluationSettings how, Path data)
            throws IOException {
        Map<String, PartResult> results;
        if (folders.size() > 1 && !ensemble) {
            RunComparison comparison = new RunComparison(folders, how, console.progress());
            comparison.weights().forEach(console::print);
            results = comparison.part(own, data, out, cases.cache(out));
        } else {
            EvaluationRun evaluation = new EvaluationRun(weights(folders), how, console.progress());
            evaluation.weights().forEach(console::print);
            PartResult result = evaluation.part(own, data, out, cases.cache(out));
            results = Map.of(folders.get(0).name(), result);
        }
        List<String> problems = new ArrayList<>();
        results.forEach(
                (name, result) -> {
                    console.print(
                            "%s: part %s has %d cases, %d were finished before, %d cannot be evaluated"
                                    .formatted(
                                            name,
                                            own,
                                            result.cases(),
                                            result.before(),
                                            result.problems().size()));
                    problems.addAll(result.problems());
                });
        return problems.stream().distinct().toList();
    }

    private List<String> compare(List<RunFolder> folders, EvaluationSettings how, Path data)
            throws IOException {
        RunComparison comparison = new RunComparison(folders, how, console.progress());
        comparison.weights().forEach(console::print);
        RunComparison.Result result =
                collect
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
