/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.Lease;
import io.github.gssloss.files.LeaseTakenException;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Comparison;
import io.github.gssloss.program.report.page.ExperimentFacts.State;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The cells of an experiment for several machines that share its folder: each works on some of
 * them, in any order, and one collects. Tables and report are those of one machine. Two that take
 * the same cell by mistake do not work on it at once, see {@link Lease}.
 *
 * <p>The starts of a continued experiment are no cells of their own here: whoever needs one first
 * trains it, and who needs it meanwhile waits.
 */
public final class SharedExperiment {

    /** Whoever works on it saves each step; longer than any training nobody needs to wait. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final ExperimentFolder folder;
    private final CaseFolders cases;
    private final Grid grid;
    private final ExperimentTables tables;
    private final CellRunner runner;

    SharedExperiment(
            ExperimentFolder folder,
            CaseFolders cases,
            Grid grid,
            ExperimentTables tables,
            CellRunner runner) {
        this.folder = folder;
        this.cases = cases;
        this.grid = grid;
        this.tables = tables;
        this.runner = runner;
    }

    /**
     * Returns the names of the cells: the number of a cell is its place, from 0.
     *
     * @return seed by seed, within a seed fold by fold, each with its arms in the order of the file
     */
    public List<String> cells() {
        return grid.cells().stream().map(Cell::name).toList();
    }

    /**
     * Returns the names of the starts that the cells go on from: for who would rather train them
     * first than let cells wait for them.
     *
     * @return none where the experiment has no start
     */
    public List<String> starts() {
        return grid.starts().stream().map(Cell::name).toList();
    }

    /**
     * Says which starts and cells are not finished.
     *
     * @return their names
     */
    public List<String> waiting() {
        return grid.all().stream().filter(cell -> !grid.isDone(cell)).map(Cell::name).toList();
    }

    /**
     * Makes phantoms that are not there yet and checks what all cells have in common. Every cell
     * does so first; done once before, they find it done.
     *
     * @param progress follows the phantoms
     * @throws UserInputException if cases cannot be used or have changed, or the folder holds
     *     another experiment
     * @throws IOException if writing fails
     */
    public void prepare(Progress progress) throws IOException {
        prepare(grid.all(), progress);
    }

    private void prepare(List<Cell> cells, Progress progress) throws IOException {
        folder.check();
        ExperimentCases same = new ExperimentCases(folder, cases);
        Lease.holding(
                folder.lease(),
                "experiment " + folder.path(),
                FOREVER,
                CellWork::lost,
                () -> {
                    same.prepare(grid, cells, progress);
                    return same;
                });
    }

    /**
     * Works on one cell, and before it on its start where nobody has trained that: from the
     * beginning, or from where an attempt was stopped. Of a finished cell nothing is done.
     *
     * @param number the cell, from 0
     * @param progress follows cases and steps where this process does the work
     * @param notes gets a line: what was done, or who is waited for
     * @return why the cell is not finished, in one line; empty: it is
     * @throws UserInputException if there is no such cell, cases cannot be used, the folder holds
     *     another experiment, or somebody else works on the cell
     * @throws io.github.gssloss.files.StoppedException if the process was asked to stop; started
     *     again the cell goes on
     * @throws IOException if writing fails
     */
    public Optional<String> cell(int number, Progress progress, Consumer<String> notes)
            throws IOException {
        List<Cell> all = grid.cells();
        if (number < 0 || number >= all.size()) {
            throw new UserInputException(
                    "--cell: expected a number from 0 to %d, got %d"
                            .formatted(all.size() - 1, number));
        }
        Cell cell = all.get(number);
        return cell("cell %d, %s,".formatted(number, cell.name()), cell, progress, notes);
    }

    /**
     * Works on one start or cell by its name, as {@link #cell(int, Progress, Consumer)} does.
     *
     * @param name the name, of {@link #starts()} or {@link #cells()}
     * @param progress follows cases and steps where this process does the work
     * @param notes gets a line: what was done, or who is waited for
     * @return why it is not finished, in one line; empty: it is
     * @throws UserInputException if there is no such cell, cases cannot be used, the folder holds
     *     another experiment, or somebody else works on it
     * @throws IOException if writing fails
     */
    public Optional<String> cell(String name, Progress progress, Consumer<String> notes)
            throws IOException {
        Cell cell =
                grid.all().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new UserInputException(
                                                "cell: expected one of %s, got %s"
                                                        .formatted(cells(), name)));
        return cell("cell " + name, cell, progress, notes);
    }

    private Optional<String> cell(String what, Cell cell, Progress progress, Consumer<String> notes)
            throws IOException {
        if (grid.isDone(cell)) {
            notes.accept(what + " was finished before");
            return Optional.empty();
        }
        return StopSignal.finish(() -> work(what, cell, progress, notes));
    }

    private Optional<String> work(String what, Cell cell, Progress progress, Consumer<String> notes)
            throws IOException {
        Optional<Cell> start = grid.start(cell);
        prepare(Stream.concat(start.stream(), Stream.of(cell)).toList(), progress);
        if (start.isPresent() && !grid.isDone(start.get())) {
            train(start.get(), progress, notes);
        }
        CellOutcome outcome = grid.run(cell, runner, progress);
        if (outcome.failed()) {
            return Optional.of(cell.name() + " failed: " + outcome.failure());
        }
        notes.accept(what + " is finished");
        return Optional.empty();
    }

    /**
     * Trains a start, or waits until somebody else has. If theirs fails within the patience of a
     * lease, this process tries again; if it waited longer, its cell fails as well.
     */
    private void train(Cell start, Progress progress, Consumer<String> notes) throws IOException {
        boolean waited = false;
        while (!grid.isDone(start) && !(waited && grid.outcome(start).failed())) {
            try {
                grid.run(start, runner, progress);
                return;
            } catch (LeaseTakenException e) {
                notes.accept(e.getMessage() + "; waiting for its weights");
                waited = true;
            }
        }
    }

    /**
     * Writes the tables and the report of all cells that are finished, as one machine would.
     *
     * @return the tables, and a line for each cell that failed or is missing
     * @throws UserInputException if the folder holds none or another experiment, or is in use
     * @throws IOException if writing fails
     */
    public ExperimentResult collect() throws IOException {
        if (!Files.exists(folder.record())) {
            throw new UserInputException(
                    "%s: expected the folder of an experiment that was begun, found no %s in it"
                            .formatted(folder.path(), folder.record().getFileName()));
        }
        return folder.alone(
                () -> {
                    new ExperimentCases(folder, cases).checkSources();
                    grid.checkSettings(grid.all());
                    Optional<Comparison> comparison = tables.write();
                    return new ExperimentResult(comparison, missing());
                });
    }

    private List<String> missing() {
        return tables.statuses().stream()
                .filter(one -> one.state() != State.FINISHED)
                .map(ExperimentTables::failure)
                .toList();
    }
}
