/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The cells of an experiment and what each of them is to do. */
final class Grid {

    private final Experiment experiment;
    private final ExperimentFolder folder;
    private final CaseFolders cases;
    private final Path cache;
    private final EvaluationSettings evaluation;

    Grid(Experiment experiment, ExperimentFolder folder, CaseFolders cases, Path cache) {
        this.experiment = experiment;
        this.folder = folder;
        this.cases = cases;
        this.cache = cache;
        EvaluationSettings all =
                EvaluationSettings.of(
                        experiment.plan().subsets(),
                        experiment.plan().overlap().orElse(EvaluationSettings.HALF),
                        experiment.description());
        evaluation = experiment.plan().folds().isPresent() ? all.ofUnseen() : all;
    }

    /** The starts of a continued experiment. */
    List<Cell> starts() {
        return experiment.isContinued()
                ? experiment.plan().seeds().stream()
                        .flatMap(s -> folds(s).stream().map(fold -> new Cell(Cell.START, s, fold)))
                        .toList()
                : List.of();
    }

    /** The cells of the arms, seed by seed: differences within a seed are known early. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (long seed : experiment.plan().seeds()) {
            for (OptionalInt fold : folds(seed)) {
                experiment.arms().forEach(arm -> cells.add(new Cell(arm, seed, fold)));
            }
        }
        return cells;
    }

    /** The folds that a seed leaves out in turn; none: it leaves out no case. */
    private List<OptionalInt> folds(long seed) {
        if (experiment.plan().folds().isEmpty()) {
            return List.of(OptionalInt.empty());
        }
        int count = experiment.plan().folds().get();
        return experiment.plan().oneFoldPerSeed()
                ? List.of(OptionalInt.of(Math.toIntExact(seed % count)))
                : IntStream.range(0, count).mapToObj(OptionalInt::of).toList();
    }

    /** Every cell, the starts first. */
    List<Cell> all() {
        return Stream.concat(starts().stream(), cells().stream()).toList();
    }

    /** What a cell is to do. */
    private CellJob job(Cell cell) {
        return new CellJob(
                cell.name(),
                settings(cell, () -> weightsOfStart(cell)),
                cases.path("data"),
                cases.path("evaluate"),
                cache,
                folder.run(cell),
                folder.evaluated(cell),
                folder.outcome(cell),
                folder.log(cell),
                cell.isStart() ? Optional.empty() : Optional.of(evaluation));
    }

    /** Has a cell worked on; it fails where its start has left no weights. */
    CellOutcome run(Cell cell, CellRunner runner, Progress progress) throws IOException {
        CellJob job;
        try {
            job = job(cell);
        } catch (UserInputException e) {
            CellOutcome failed = outcome(cell).withFailure(e.getMessage());
            failed.write(folder.outcome(cell));
            return failed;
        }
        return runner.run(job, progress);
    }

    private RunSettings settings(Cell cell, Supplier<Path> weightsOfStart) {
        if (cell.isStart()) {
            return experiment.start(cell.seed(), cell.fold());
        }
        Optional<Path> weights =
                experiment.isContinued() ? Optional.of(weightsOfStart.get()) : Optional.empty();
        return experiment.settings(cell.arm(), cell.seed(), cell.fold(), weights);
    }

    /** The start that a cell goes on from; empty: none. */
    Optional<Cell> start(Cell cell) {
        return experiment.isContinued() && !cell.isStart()
                ? Optional.of(new Cell(Cell.START, cell.seed(), cell.fold()))
                : Optional.empty();
    }

    private Path weightsOfStart(Cell cell) {
        Cell start = start(cell).orElseThrow();
        if (!outcome(start).trained()) {
            throw new UserInputException(start.name() + ", which it goes on from, failed");
        }
        Path last = Checkpoints.last(RunFolder.open(folder.run(start)));
        return last.toAbsolutePath().normalize();
    }

    CellOutcome outcome(Cell cell) {
        return CellOutcome.read(folder.outcome(cell), folder.run(cell));
    }

    /** Whether nothing is left to be done for a cell. */
    boolean isDone(Cell cell) {
        CellOutcome outcome = outcome(cell);
        return outcome.trained()
                && !outcome.failed()
                && (cell.isStart()
                        || (CellJob.words(evaluation).equals(outcome.evaluatedWith())
                                && Files.isRegularFile(folder.scores(cell))));
    }

    /** The subsets evaluated, in the order of the tables. */
    List<ModalitySubset> subsets() {
        return evaluation.subsets();
    }

    /**
     * Checks that what the settings hide can be hidden from the cases to train on.
     *
     * @param cells the cells that are looked at
     * @throws UserInputException if a scheme does not fit them, or nothing is left of a case
     */
    void checkHidden(List<Cell> cells) {
        List<CaseFiles> training = cases.training();
        for (Cell cell : cells) {
            RunSettings wanted = settings(cell, () -> Path.of(Cell.START));
            List<CaseFiles> trained =
                    wanted.split()
                            .map(split -> split.divide(training, cases.path("data")).training())
                            .orElse(training);
            wanted.hidden(trained).hide(trained);
        }
    }

    /**
     * Checks that what was trained, to its end or not, is what is wanted.
     *
     * @param cells the cells that are looked at
     * @throws UserInputException if a run has settings that give another result
     */
    void checkSettings(List<Cell> cells) {
        // Where the weights of the start are does not matter: they are that cell's own.
        String[] left = experiment.isContinued() ? new String[] {"model.weights"} : new String[0];
        for (Cell cell : cells) {
            if (RunPlace.holdsRun(folder.run(cell))) {
                RunFolder run = RunFolder.open(folder.run(cell));
                RunSettings wanted = settings(cell, () -> Path.of(Cell.START));
                CellWork.checkSame(run, wanted, left);
            }
        }
    }
}
