/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import ai.djl.util.Progress;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.program.model.Ensemble;
import io.github.gssloss.program.part.FailedCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Segments cases one by one as they are asked for, with networks that are loaded once: for a
 * process that gets its cases from somebody else, see {@link FolderPrediction#cases}. Its methods
 * may be called by several threads; one case is segmented at a time.
 */
public final class CaseSegmenter implements AutoCloseable {

    private static final String KEY = "# segmented with ";

    private final PredictionRun run;
    private final PredictionRecord record;
    private final Cohort found;
    private final Map<String, CaseFiles> cases;
    private final Path out;
    private final boolean overwrite;
    private final boolean shared;
    private final FailedCases failed;
    private Ensemble networks;
    private CaseWork work;

    /**
     * Prepares it; the networks are loaded with the first case that is to be segmented.
     *
     * @param run the prediction
     * @param found the cases
     * @param out the existing folder for segmentations
     * @param overwrite whether predictions that are there are made anew
     * @param shared whether other processes segment cases of the folder: no table of it is true
     *     once any of them begins
     */
    CaseSegmenter(PredictionRun run, Cohort found, Path out, boolean overwrite, boolean shared)
            throws IOException {
        this.run = run;
        this.found = found;
        this.out = out;
        this.overwrite = overwrite;
        this.shared = shared;
        record = run.record();
        failed = new FailedCases(out, KEY);
        cases =
                found.cases().stream()
                        .collect(Collectors.toMap(CaseFiles::name, Function.identity()));
    }

    /**
     * What came of a case.
     *
     * @param isBefore whether it was finished before
     * @param lines what was done, in lines
     * @param problem why it could not be segmented; empty: it is
     */
    public record End(boolean isBefore, List<String> lines, Optional<String> problem) {

        private static End failure(String why) {
            return new End(false, List.of(), Optional.of(why));
        }
    }

    /**
     * Returns the cases.
     *
     * @return their names, sorted
     */
    public List<String> names() {
        return cases.keySet().stream().sorted().toList();
    }

    /**
     * Segments a case that is not finished.
     *
     * @param name the name of the case
     * @param progress follows the windows
     * @return what came of it
     * @throws UserInputException if there is no such case, or the weights do not fit
     * @throws IOException if writing fails
     */
    public End segment(String name, Progress progress) throws IOException {
        CaseFiles files = cases.get(name);
        if (files == null) {
            throw new UserInputException(
                    found.folder() + ": expected a case " + name + ", found none");
        }
        progress.reset("Segmenting", CaseWork.STEPS);
        End end = segment(files, 0, progress);
        progress.end();
        return end;
    }

    /**
     * Segments a case that is not finished.
     *
     * @param files the case
     * @param before the progress before it
     * @param progress the display
     */
    synchronized End segment(CaseFiles files, long before, Progress progress) throws IOException {
        StopSignal.check();
        Task task;
        try {
            task = task(files);
        } catch (UserInputException e) {
            return End.failure(e.getMessage());
        }
        if (task.isFinished() && !overwrite) {
            return new End(true, List.of(files.name() + ": is there already"), Optional.empty());
        }
        open();
        try {
            List<String> lines =
                    work.segment(
                            task.files(), task.outputs(), task.key(), overwrite, before, progress);
            failed.remove(files.name());
            return new End(false, lines, Optional.empty());
        } catch (UserInputException e) {
            failed.add(files.name(), task.key(), e.getMessage());
            return End.failure(e.getMessage());
        }
    }

    /**
     * Looks what other processes have made of a case: one that nobody has segmented is a problem.
     */
    End look(CaseFiles files) throws IOException {
        try {
            Task task = task(files);
            if (task.isFinished()) {
                return new End(true, List.of(), Optional.empty());
            }
            return End.failure(
                    failed.find(files.name(), task.key())
                            .orElse("case " + files.name() + ": is missing, not segmented yet"));
        } catch (UserInputException e) {
            return End.failure(e.getMessage());
        }
    }

    /**
     * A case that can be segmented.
     *
     * @param files its images
     * @param outputs the files to write
     * @param key what the prediction depends on
     * @param isFinished whether it is there
     */
    private record Task(CaseFiles files, OutputFiles outputs, String key, boolean isFinished) {}

    private Task task(CaseFiles files) {
        CaseFiles used = run.used(files);
        OutputFiles outputs = outputs(files);
        String key = record.key(used);
        boolean finished = outputs.isFinished(key);
        if (overwrite || !finished) {
            run.check(outputs, files, overwrite);
        }
        return new Task(used, outputs, key, finished);
    }

    /** The files of a case. */
    OutputFiles outputs(CaseFiles files) {
        return new OutputFiles(out.resolve(files.name() + ".nii.gz"));
    }

    private void open() throws IOException {
        if (networks == null) {
            networks = run.open();
            if (shared) {
                Files.deleteIfExists(out.resolve(VolumeTable.FILE));
            }
            work = run.work(networks, record);
        }
    }

    @Override
    public synchronized void close() {
        if (networks != null) {
            networks.close();
            networks = null;
        }
    }
}
