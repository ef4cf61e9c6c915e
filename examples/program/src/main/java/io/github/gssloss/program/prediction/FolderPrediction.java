/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import ai.djl.util.Progress;
import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.program.part.CasePart;
import io.github.gssloss.program.part.PartResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments the cases of a folder: {@code CASE.nii.gz} each, with what {@link PredictionRun#predict}
 * writes beside it, and {@code volumes.csv}. A case that cannot be segmented does not stop the
 * others; why is kept in {@code CASE.failed} until it can. The work can be stopped at any time:
 * started again it goes on with the case that was not finished. One process may do all of it, or
 * several a part each.
 */
public final class FolderPrediction {

    private static final Logger LOG = LoggerFactory.getLogger(FolderPrediction.class);

    private static final String TAKEN =
            "expected a folder for results that nobody writes to, found another gss at work in it";

    private final PredictionRun run;
    private final Cohort found;
    private final Path out;
    private final boolean overwrite;

    /**
     * Finds the cases.
     *
     * @param run how they are segmented
     * @param data a folder of cases
     * @param out the folder to write to; made where it is missing
     * @param overwrite whether predictions that are there are made anew
     * @throws io.github.gssloss.files.UserInputException if the folder holds no case
     */
    public FolderPrediction(PredictionRun run, Path data, Path out, boolean overwrite) {
        this.run = run;
        this.out = out;
        this.overwrite = overwrite;
        found = NewCases.find(data, run.description()).requireCases();
    }

    /**
     * What came of the cases.
     *
     * @param counts how many there are, and a line for each that could not be segmented
     * @param lines what was done, in lines
     */
    public record Result(PartResult counts, List<String> lines) {

        /**
         * Returns why cases could not be segmented.
         *
         * @return a line for each
         */
        public List<String> problems() {
            return counts.problems();
        }
    }

    /**
     * Segments all cases and writes the table, anew after each.
     *
     * @return what was done and what was not
     * @throws io.github.gssloss.files.UserInputException if the weights do not fit, or somebody
     *     else works in the folder of the results
     * @throws StoppedException if the process was asked to end (Ctrl-C, SIGTERM)
     * @throws IOException if the run cannot be read or a table not be written
     */
    public Result segment() throws IOException {
        Files.createDirectories(out);
        return StopSignal.finish(() -> FolderLock.holding(out, TAKEN, this::segmentAll));
    }

    private Result segmentAll() throws IOException {
        VolumeTable table = VolumeTable.of(out, run.labels());
        return loop(
                found.cases(),
                found.problems(),
                false,
                outputs -> {
                    outputs.read().ifPresent(table::add);
                    table.write(out.resolve(VolumeTable.FILE));
                });
    }

    /**
     * Segments one part of the cases, beside other processes, perhaps on other machines, that
     * segment the other parts into the same folder. No table is written: see {@link #collect}.
     *
     * @param part which cases
     * @return what was done and what was not
     * @throws io.github.gssloss.files.UserInputException if the weights do not fit, or somebody
     *     else works on the same part
     * @throws StoppedException if the process was asked to end (Ctrl-C, SIGTERM)
     * @throws IOException if the run cannot be read
     */
    public Result part(CasePart part) throws IOException {
        List<CaseFiles> own = part.of(found.cases());
        Files.createDirectories(out);
        return StopSignal.finish(
                () -> part.holding(out, () -> loop(own, List.of(), true, outputs -> {})));
    }

    /**
     * Prepares to segment cases one by one as they are asked for. Each leaves in the folder what
     * {@link #part} leaves.
     *
     * @return the cases
     * @throws IOException if the weights cannot be read, or the folder of the results not be made
     */
    public CaseSegmenter cases() throws IOException {
        Files.createDirectories(out);
        return cases(true);
    }

    private CaseSegmenter cases(boolean shared) throws IOException {
        run.warnings().forEach(LOG::warn);
        return new CaseSegmenter(run, found, out, overwrite, shared);
    }

    /** What follows a case that is finished. */
    @FunctionalInterface
    private interface After {
        void finished(OutputFiles outputs) throws IOException;
    }

    private Result loop(List<CaseFiles> own, List<String> unusable, boolean shared, After after)
            throws IOException {
        List<String> problems = new ArrayList<>(unusable);
        List<String> lines = new ArrayList<>();
        Progress progress = run.progress();
        int before = 0;
        try (CaseSegmenter cases = cases(shared)) {
            progress.reset("Segmenting", (long) own.size() * CaseWork.STEPS);
            for (int i = 0; i < own.size(); i++) {
                CaseFiles files = own.get(i);
                try {
                    CaseSegmenter.End end =
                            cases.segment(files, (long) i * CaseWork.STEPS, progress);
                    before += end.isBefore() ? 1 : 0;
                    lines.addAll(end.lines());
                    end.problem().ifPresent(problems::add);
                    if (end.problem().isEmpty()) {
                        after.finished(cases.outputs(files));
                    }
                } catch (StoppedException e) {
                    throw new StoppedException(
                            "stopped in case %d of %d, %s; what is finished is saved, the same command goes on there"
                                    .formatted(i + 1, own.size(), files.name()),
                            e);
                }
            }
            progress.end();
        }
        return new Result(new PartResult(own.size(), before, problems), lines);
    }

    /**
     * Writes the table of what other processes have segmented, see {@link #part}: that which {@link
     * #segment} writes. A case that nobody has segmented yet is a problem.
     *
     * @return which cases there are, and why some have no segmentation
     * @throws io.github.gssloss.files.UserInputException if there is no folder of results, or
     *     somebody else works in it
     * @throws IOException if the run cannot be read or the table not be written
     */
    public Result collect() throws IOException {
        CasePart.requireLeft(out);
        return FolderLock.holding(out, TAKEN, this::collectAll);
    }

    /**
     * Returns whether there are segmentations to look at.
     *
     * @return whether {@code volumes.csv} is there
     */
    public boolean hasTable() {
        return Files.exists(out.resolve(VolumeTable.FILE));
    }

    private Result collectAll() throws IOException {
        List<String> problems = new ArrayList<>(found.problems());
        int finished = 0;
        Progress progress = run.progress();
        int count = found.cases().size();
        try (CaseSegmenter cases = cases(true)) {
            progress.reset("Collecting", count);
            for (int i = 0; i < count; i++) {
                CaseFiles files = found.cases().get(i);
                progress.update(i, files.name());
                CaseSegmenter.End end = cases.look(files);
                finished += end.isBefore() ? 1 : 0;
                end.problem().ifPresent(problems::add);
            }
            progress.end();
        }
        Path file = out.resolve(VolumeTable.FILE);
        Files.deleteIfExists(file);
        if (finished > 0) {
            VolumeTable.of(out, run.labels()).write(file);
        }
        return new Result(new PartResult(count, finished, problems), List.of());
    }
}
