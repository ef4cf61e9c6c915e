/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.CohortSource;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.experiment.ExperimentResult;
import io.github.gssloss.program.experiment.ExperimentRun;
import io.github.gssloss.program.experiment.SharedExperiment;
import io.github.gssloss.program.tables.ComparisonFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gss ablate}: trains and evaluates a grid of runs and compares its arms. */
@Command(name = "ablate", sortOptions = false)
public final class AblateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "EXPERIMENT")
    private String experiment;

    @Option(names = "--out", paramLabel = "DIR", required = true)
    private Path out;

    @Option(names = "--data", paramLabel = "FOLDER")
    private Optional<Path> data;

    @Option(names = "--evaluate", paramLabel = "FOLDER")
    private Optional<Path> evaluate;

    /** What {@code --evaluate} was called before. */
    @Option(names = "--judge", hidden = true)
    private Optional<Path> judge;

    @Option(names = "--cache", paramLabel = "FOLDER")
    private Optional<Path> cache;

    @Option(names = "--only", paramLabel = "ARM", split = ",")
    private List<String> only = List.of();

    @Option(names = "--seeds", paramLabel = "S", split = ",")
    private List<Long> seeds = List.of();

    @Option(names = "--list")
    private boolean list;

    @Option(names = "--cells")
    private boolean count;

    @Option(names = "--cell", paramLabel = "K")
    private Optional<Integer> cell;

    @Option(names = "--collect")
    private boolean collect;

    @Mixin private IntakeOptions intake;
    @Mixin private ThreadOptions threads;
    @Mixin private Console console;

    @Override
    public Integer call() throws IOException {
        checkTogether();
        data.ifPresent(folder -> Inputs.folder("--data", folder));
        Experiment read = Experiment.read(ShippedExperiments.find(experiment), data);
        Optional<Path> evaluated = evaluate.or(() -> judge);
        evaluated.ifPresent(folder -> Inputs.folder("--evaluate", folder));
        Optional<Integer> given = threads.get().or(() -> read.plan().threads());
        if (count || cell.isPresent() || collect) {
            return shared(read, evaluated, given);
        }
        ExperimentRun run =
                ExperimentRun.of(
                        read,
                        data,
                        evaluated,
                        out,
                        CaseOptions.cache(cache, out),
                        CellMain.class,
                        given);
        if (list) {
            run.list().forEach(console::print);
            return ExitCode.OK;
        }
        requireAll(read, evaluated);
        ExperimentResult result =
                goingOn(() -> run.run(only, seeds, console.progress(), console::print));
        return print(result);
    }

    private void checkTogether() {
        List<String> given = new ArrayList<>();
        if (list) {
            given.add("--list");
        }
        if (count) {
            given.add("--cells");
        }
        cell.ifPresent(number -> given.add("--cell"));
        if (collect) {
            given.add("--collect");
        }
        if (given.size() > 1) {
            throw new UserInputException(
                    "expected one of --list, --cells, --cell and --collect, got "
                            + String.join(" and ", given));
        }
        if (!given.isEmpty() && !list && !(only.isEmpty() && seeds.isEmpty())) {
            throw new UserInputException(
                    given.get(0) + ": expected no --only and no --seeds beside it");
        }
    }

    /** One job of many, which share the folder. */
    private int shared(Experiment read, Optional<Path> evaluated, Optional<Integer> given)
            throws IOException {
        SharedExperiment shared =
                ExperimentRun.shared(
                        read,
                        data,
                        evaluated,
                        out,
                        CaseOptions.cache(cache, out),
                        Optional.empty(),
                        given);
        if (count) {
            console.print(Integer.toString(shared.cells().size()));
            return ExitCode.OK;
        }
        if (collect) {
            return print(shared.collect());
        }
        requireAll(read, evaluated);
        Optional<String> failure =
                goingOn(() -> shared.cell(cell.orElseThrow(), console.progress(), console::print));
        return console.exit(failure.stream().toList());
    }

    private void requireAll(Experiment read, Optional<Path> evaluated) {
        for (Optional<Path> folder :
                List.of(
                        data.or(() -> folder(read.plan().data())),
                        evaluated.or(() -> folder(read.plan().evaluate())))) {
            folder.ifPresent(cases -> intake.requireAll(cases, read.description()));
        }
    }

    private int print(ExperimentResult result) {
        result.comparison().ifPresent(arms -> console.print(ComparisonFormat.ofArms(arms).text()));
        console.print("Tables and report in " + out);
        return console.exit(result.failures());
    }

    private static Optional<Path> folder(Optional<CohortSource> source) {
        return source.flatMap(CohortSource::folder).map(Path::of);
    }

    private <T> T goingOn(FolderLock.Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (StoppedException e) {
            StoppedException stopped =
                    new StoppedException(
                            "stopped; what was trained and evaluated is saved, go on with: "
                                    + console.commandLine());
            stopped.initCause(e);
            throw stopped;
        }
    }
}
