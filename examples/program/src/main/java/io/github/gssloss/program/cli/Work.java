/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import ai.djl.util.Progress;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.VolumeSize;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.PredictionRun;
import io.github.gssloss.program.evaluation.RunComparison;
import io.github.gssloss.program.experiment.ExperimentResult;
import io.github.gssloss.program.experiment.ExperimentRun;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ComparisonFormat;
import io.github.gssloss.program.tables.ScoreTableFormat;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** The commands' work, each told to a console: what {@code gss} and the demo do. */
final class Work {

    private Work() {}

    static void phantoms(Path out, int subjects, long seed, VolumeSize shape, Console console) {
        PhantomSettings settings =
                PhantomSettings.ofSeed(seed)
                        .withShape(shape.depth(), shape.height(), shape.width());
        console.progress().reset("Making phantoms", subjects);
        PhantomCohort.write(out, subjects, settings, done -> console.progress().update(done));
        console.progress().end();
        console.out().println(subjects + " phantoms in " + out);
    }

    static void train(RunSettings settings, Path data, Path out, Path cache, Console console)
            throws IOException {
        RunFolder run =
                new TrainingRun(settings, console.progress())
                        .run(data, out, cache, console.commandLine());
        told(run, console);
    }

    static void resume(RunFolder begun, Path data, Path cache, Console console) throws IOException {
        told(
                TrainingRun.resume(begun, data, cache, console.progress(), console.out()::println),
                console);
    }

    private static void told(RunFolder run, Console console) {
        console.out().println("Run in " + run.path() + ", its curve in " + run.learningCurve());
    }

    static List<String> evaluate(EvaluationRequest request, Console console) throws IOException {
        if (request.runs().size() > 1) {
            return compare(request, console);
        }
        EvaluationResult result =
                new EvaluationRun(
                                request.runs().get(0),
                                request.checkpoint(),
                                request.settings(),
                                console.progress())
                        .judge(request.data(), request.out(), request.cache());
        result.table()
                .ifPresent(
                        table -> {
                            print(table, console);
                            console.out().println("Tables and pictures in " + request.out());
                            report(request.out(), console);
                        });
        return result.problems();
    }

    private static List<String> compare(EvaluationRequest request, Console console)
            throws IOException {
        RunComparison.Result result =
                new RunComparison(request.runs(), request.settings(), console.progress())
                        .judge(request.data(), request.out(), request.cache());
        result.tables()
                .forEach(
                        (name, table) -> {
                            console.out().println(name);
                            print(table, console);
                        });
        result.comparison()
                .ifPresent(
                        comparison -> {
                            console.out().println(ComparisonFormat.ofRuns(comparison).text());
                            console.out().println("Comparison in " + request.out());
                            report(request.out(), console);
                        });
        return result.problems();
    }

    static void predict(PredictionRequest request, Console console) {
        String found =
                new PredictionRun(request.run(), request.checkpoint(), console.progress())
                        .predict(request.subject(), request.modalities(), request.out());
        console.out().println(found);
        console.out().println("Segmentation in " + request.out());
    }

    static List<String> ablate(AblateRequest request, Console console) throws IOException {
        ExperimentRun run =
                ExperimentRun.of(
                        request.experiment(),
                        request.data(),
                        request.judge(),
                        request.out(),
                        CellMain.class);
        if (request.list()) {
            run.list().forEach(console.out()::println);
            return List.of();
        }
        ExperimentResult result = run.run(request.only(), request.seeds(), listener(console));
        result.comparison()
                .ifPresent(arms -> console.out().println(ComparisonFormat.ofArms(arms).text()));
        console.out().println("Tables and report in " + request.out());
        return result.failures();
    }

    private static ExperimentRun.Listener listener(Console console) {
        return new ExperimentRun.Listener() {

            @Override
            public Progress progress() {
                return console.progress();
            }

            @Override
            public void told(String line) {
                console.out().println(line);
                console.out().flush();
            }
        };
    }

    private static void print(ScoreTable table, Console console) {
        console.out().println(Metric.DICE.title());
        console.out()
                .println(new ScoreTableFormat(table).text(Metric.DICE, Charset.defaultCharset()));
    }

    private static void report(Path evaluated, Console console) {
        report(evaluated, evaluated.resolve(HtmlReport.FILE), console);
    }

    static void report(Path evaluated, Path file, Console console) {
        HtmlReport.write(evaluated, file);
        console.out().println("Report in " + file);
    }
}
