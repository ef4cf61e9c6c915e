/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.program.config.CohortSource;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.config.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Works through an experiment: every cell is trained, an ordinary run folder, and evaluated. It can
 * be stopped at any time: started again it goes on with the cells that are not finished, failed
 * ones included. A cell that fails does not keep the others from being done.
 */
public final class ExperimentRun {

    private static final String NO_CASES =
            "%1$s: expected a folder of cases in the experiment or as --%1$s, got nothing";

    private final Experiment experiment;
    private final ExperimentFolder folder;
    private final CaseFolders cases;
    private final Grid grid;
    private final ExperimentTables tables;
    private final CellRunner runner;

    ExperimentRun(
            Experiment experiment,
            Optional<Path> data,
            Optional<Path> evaluate,
            Path out,
            Path cache,
            CellRunner runner) {
        this.experiment = experiment;
        this.runner = runner;
        folder = new ExperimentFolder(out);
        cases =
                new CaseFolders(
                        folder,
                        cache,
                        experiment.description(),
                        source("data", experiment.plan().data(), data),
                        evaluated(experiment, data, evaluate));
        grid = new Grid(experiment, folder, cases, cache);
        tables = new ExperimentTables(experiment, folder, grid, cases);
    }

    /**
     * Prepares an experiment.
     *
     * @param experiment what to do
     * @param data the cases to train on, which hold where the experiment names none
     * @param evaluate the cases to evaluate on, likewise
     * @param out the folder for everything
     * @param cache the folder of the prepared cases
     * @param main the class whose main method hands its argument to {@link CellWork#run}: for cells
     *     in processes of their own
     * @param threads threads of the engine in each process, at least 1; empty: in several processes
     *     one, else {@link Threads#DEFAULT}
     * @return the experiment, ready to run
     * @throws UserInputException if cases are missing or a subset is unknown
     */
    public static ExperimentRun of(
            Experiment experiment,
            Optional<Path> data,
            Optional<Path> evaluate,
            Path out,
            Path cache,
            Class<?> main,
            Optional<Integer> threads) {
        if (experiment.plan().processes() == 1) {
            Threads.set(threads, experiment.workers());
            return new ExperimentRun(experiment, data, evaluate, out, cache, new CellWork());
        }
        CellProcess processes = new CellProcess(ChildJava.likeThis(main), threads.orElse(1));
        return new ExperimentRun(experiment, data, evaluate, out, cache, processes);
    }

    /**
     * Prepares an experiment whose cells several machines work on: they and the machine that
     * collects share the folders.
     *
     * @param experiment what to do
     * @param data the cases to train on, which hold where the experiment names none
     * @param evaluate the cases to evaluate on, likewise
     * @param out the folder for everything
     * @param cache the folder of the prepared cases
     * @param child the process for a cell; empty: this one
     * @param threads threads of the engine for a cell, at least 1; empty: {@link Threads#DEFAULT}
     *     in this process, one in one of its own
     * @return the cells
     * @throws UserInputException if cases are missing or a subset is unknown
     */
    public static SharedExperiment shared(
            Experiment experiment,
            Optional<Path> data,
            Optional<Path> evaluate,
            Path out,
            Path cache,
            Optional<ChildJava> child,
            Optional<Integer> threads) {
        if (child.isEmpty()) {
            Threads.set(threads, experiment.workers());
        }
        CellRunner runner =
                child.<CellRunner>map(java -> new CellProcess(java, threads.orElse(1)))
                        .orElseGet(CellWork::new);
        return new ExperimentRun(experiment, data, evaluate, out, cache, runner).shared();
    }

    /** The same cells, for several machines. */
    SharedExperiment shared() {
        return new SharedExperiment(folder, cases, grid, tables, runner);
    }

    /** With folds the cases to train on are those to evaluate on. */
    private static CohortSource evaluated(
            Experiment experiment, Optional<Path> data, Optional<Path> evaluate) {
        if (experiment.plan().folds().isEmpty()) {
            return source("evaluate", experiment.plan().evaluate(), evaluate);
        }
        evaluate.ifPresent(
                folder -> {
                    throw new UserInputException(
                            "--evaluate: expected nothing beside folds, which are evaluated on, got"
                                    + " "
                                    + folder);
                });
        return source("data", experiment.plan().data(), data);
    }

    private static CohortSource source(
            String name, Optional<CohortSource> given, Optional<Path> option) {
        return option.map(CohortSource::of)
                .or(() -> given)
                .orElseThrow(() -> new UserInputException(NO_CASES.formatted(name)));
    }

    /**
     * Says how far each cell is; nothing is done.
     *
     * @return a line for each cell
     */
    public List<String> list() {
        return tables.statuses().stream()
                .map(one -> one.cell().name() + "  " + one.state() + reason(one.outcome()))
                .toList();
    }

    private static String reason(CellOutcome outcome) {
        return outcome.failed() ? ": " + outcome.failure() : "";
    }

    /**
     * Works on the cells that are chosen and not finished, then writes the tables and the report of
     * all that are finished: {@code cells.csv}, {@code results.md}, {@code results.csv} and {@code
     * report.html}. They are written after every cell, too.
     *
     * @param only the arms to work on; empty: all
     * @param seeds the seeds to work on; empty: all
     * @param progress follows cases and steps where this process does the work
     * @param notes gets a line for each cell that was worked on
     * @return the tables, and which of the chosen cells failed
     * @throws UserInputException if an arm or a seed is unknown, cases cannot be used, the folder
     *     holds another experiment or is in use
     * @throws io.github.gssloss.files.StoppedException if the process was asked to stop; started
     *     again the experiment goes on
     * @throws IOException if writing fails
     */
    public ExperimentResult run(
            List<String> only, List<Long> seeds, Progress progress, Consumer<String> notes)
            throws IOException {
        check("--only", only, experiment.arms());
        check("--seeds", seeds, experiment.plan().seeds());
        return StopSignal.finish(() -> folder.alone(() -> work(only, seeds, progress, notes)));
    }

    private ExperimentResult work(
            List<String> only, List<Long> seeds, Progress progress, Consumer<String> notes)
            throws IOException {
        ExperimentCases same = new ExperimentCases(folder, cases);
        same.prepare(grid, grid.all(), progress);
        List<Cell> chosen =
                grid.cells().stream()
                        .filter(cell -> only.isEmpty() || only.contains(cell.arm()))
                        .filter(cell -> seeds.isEmpty() || seeds.contains(cell.seed()))
                        .toList();
        List<Cell> starts =
                grid.starts().stream()
                        .filter(s -> chosen.stream().anyMatch(c -> c.seed() == s.seed()))
                        .toList();
        new CellQueue(grid, same, runner, experiment.plan().processes(), tables, progress, notes)
                .work(starts, chosen);
        Optional<Comparison> comparison = tables.write();
        return new ExperimentResult(comparison, failures(starts, chosen));
    }

    private List<String> failures(List<Cell> starts, List<Cell> chosen) {
        return tables.statuses().stream()
                .filter(one -> starts.contains(one.cell()) || chosen.contains(one.cell()))
                .filter(one -> !grid.isDone(one.cell()))
                .map(ExperimentTables::failure)
                .toList();
    }

    private static <T> void check(String option, List<T> chosen, List<T> known) {
        List<T> unknown = new ArrayList<>(chosen);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new UserInputException(
                    "%s: expected some of %s, got %s".formatted(option, known, unknown.get(0)));
        }
    }
}
