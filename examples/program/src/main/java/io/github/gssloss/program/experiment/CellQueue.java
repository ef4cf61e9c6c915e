/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.LeaseTakenException;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.measure.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Works through cells, one after another or several at once, and keeps the tables up to date.
 *
 * @param grid the cells
 * @param cases their cases
 * @param runner what works on a cell
 * @param processes how many cells are worked on at once, at least 1
 * @param tables the tables
 * @param progress the progress of a cell
 * @param notes takes a line for each cell that is done
 */
record CellQueue(
        Grid grid,
        ExperimentCases cases,
        CellRunner runner,
        int processes,
        ExperimentTables tables,
        Progress progress,
        Consumer<String> notes) {

    /** Works on the cells that are not finished, the starts before those that go on from them. */
    void work(List<Cell> starts, List<Cell> cells) throws IOException {
        List<Cell> first = waiting(starts);
        List<Cell> second = waiting(cells);
        int skipped = starts.size() + cells.size() - first.size() - second.size();
        if (skipped > 0) {
            notes.accept(skipped + " cells were finished before");
        }
        int all = first.size() + second.size();
        work(first, 0, all);
        work(second, first.size(), all);
    }

    private List<Cell> waiting(List<Cell> cells) {
        return cells.stream().filter(cell -> !grid.isDone(cell)).toList();
    }

    private void work(List<Cell> cells, int before, int all) throws IOException {
        int done = before;
        if (processes == 1) {
            for (Cell cell : cells) {
                finished(cell, run(cell), ++done + " of " + all);
            }
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(processes);
        try {
            CompletionService<Finished> results = new ExecutorCompletionService<>(pool);
            for (Cell cell : cells) {
                results.submit(() -> new Finished(cell, run(cell)));
            }
            for (int i = 0; i < cells.size(); i++) {
                Finished one = results.take().get();
                finished(one.cell(), one.outcome(), ++done + " of " + all);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof StoppedException
                    || e.getCause() instanceof UserInputException) {
                throw (RuntimeException) e.getCause();
            }
            throw new IllegalStateException("a cell could not be worked on", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while cells were worked on", e);
        } finally {
            end(pool);
        }
    }

    /** Ends what still works, and waits until it has saved. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        try {
            pool.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Finished(Cell cell, CellOutcome outcome) {}

    private CellOutcome run(Cell cell) throws IOException {
        StopSignal.check();
        cases.checkSame();
        try {
            return grid.run(cell, runner, progress);
        } catch (LeaseTakenException e) {
            // Left to whoever works on it, and not finished at the end.
            return grid.outcome(cell).withFailure(e.getMessage());
        }
    }

    private void finished(Cell cell, CellOutcome outcome, String number) throws IOException {
        tables.write();
        List<String> words = new ArrayList<>();
        if (outcome.failed()) {
            words.add("failed: " + outcome.failure());
        } else {
            if (!cell.isStart()) {
                words.add("Dice " + Metric.DICE.text(tables.dice(cell)) + " %");
            }
            words.add("trained in " + time(outcome.trainSeconds()));
            if (!cell.isStart()) {
                words.add("evaluated in " + time(outcome.evaluateSeconds()));
            }
        }
        notes.accept("cell %s: %s: %s".formatted(number, cell.name(), String.join(", ", words)));
    }

    private static String time(double seconds) {
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : Math.round(seconds / 60) + " min";
    }
}
