/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import ai.djl.util.Progress;

import io.github.gssloss.files.FolderLock;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.StoppedException;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Ensemble;
import io.github.gssloss.program.report.PictureStyle;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Segments new cases with the network of a run, or with the mean of those of several. All images
 * that a case has decide crop and standardisation, as in an evaluation; of these the modalities
 * asked for go to the network. Images may lie on any grid; the result lies on that of the first.
 */
public final class PredictionRun {

    /** The overlap of the paper. */
    static final double OVERLAP = 0.5;

    private static final Logger LOG = LoggerFactory.getLogger(PredictionRun.class);

    private static final String TAKEN =
            "expected a folder for results that nobody writes to, found another gss at work in it";

    private final List<RunWeights> weights;
    private final PredictionSettings settings;
    private final Progress progress;
    private final Optional<PictureStyle> pictures;

    /**
     * Prepares a prediction.
     *
     * @param weights the runs with their weights, at least one
     * @param settings how to segment
     * @param progress the display of windows
     * @throws UserInputException if the runs do not go together, or windows cannot be mirrored so
     */
    public PredictionRun(List<RunWeights> weights, PredictionSettings settings, Progress progress) {
        this(weights, settings, progress, Optional.empty());
        Ensemble.check(weights.stream().map(RunWeights::run).toList(), settings.use());
    }

    private PredictionRun(
            List<RunWeights> weights,
            PredictionSettings settings,
            Progress progress,
            Optional<PictureStyle> pictures) {
        this.weights = List.copyOf(weights);
        this.settings = settings;
        this.progress = progress;
        this.pictures = pictures;
    }

    /**
     * Returns a prediction that also draws each case. A case that is finished stays as it is, with
     * a picture or without.
     *
     * @param style how classes lie over images; empty: nothing is drawn
     * @return a prediction that differs in this alone
     */
    public PredictionRun withPictures(Optional<PictureStyle> style) {
        return new PredictionRun(weights, settings, progress, style);
    }

    private RunSettings trained() {
        return weights.get(0).run().settings();
    }

    /**
     * Says which weights are used and what this costs.
     *
     * @return a line for each run, and one where a window is seen more than once
     */
    public List<String> weights() {
        List<String> lines = new ArrayList<>();
        weights.forEach(one -> lines.add(one.words()));
        Ensemble.cost(weights.size(), settings.use()).ifPresent(lines::add);
        return lines;
    }

    /**
     * Segments a subject in windows of the size of the run's crops, half overlapping, and writes
     * the labels on the grid of its files.
     *
     * @param subject the folder of one case; a segmentation in it is not looked at
     * @param out the file to write, named {@code .nii} or {@code .nii.gz}; beside it go what was
     *     done, as YAML, and the maps
     * @param overwrite whether files that are there are replaced, as long as they are none of the
     *     subject's
     * @return what was done, in lines; the last says what was found
     * @throws UserInputException if the subject cannot be used, a modality asked for is missing, or
     *     a file cannot be written
     * @throws IOException if the run cannot be read
     */
    public List<String> predict(Path subject, Path out, boolean overwrite) throws IOException {
        CaseFiles found = NewCases.only(subject, trained().description());
        OutputFiles files = new OutputFiles(out);
        check(files, found, overwrite);
        CaseFiles used = used(found);
        warnings().forEach(LOG::warn);
        try (Ensemble networks = Ensemble.open(weights)) {
            CaseWork work = work(networks);
            progress.reset("Segmenting", CaseWork.STEPS);
            List<String> lines = work.segment(used, files, work.key(used), 0, progress);
            progress.end();
            return lines;
        }
    }

    /**
     * What came of a folder of cases.
     *
     * @param lines what was done, in lines
     * @param problems a line for each case that could not be segmented
     */
    public record FolderResult(List<String> lines, List<String> problems) {}

    /**
     * Segments the cases of a folder: {@code CASE.nii.gz} each, with what {@link #predict(Path,
     * Path, boolean)} writes beside it, and {@code volumes.csv}. A case that cannot be segmented
     * does not stop the others. It can be stopped at any time: started again it goes on with the
     * case that was not finished.
     *
     * @param data a folder of cases
     * @param out the folder to write to; made where it is missing
     * @param overwrite whether predictions that are there are made anew
     * @return what was done and what was not
     * @throws UserInputException if the folder holds no case, the weights do not fit, or somebody
     *     else works in {@code out}
     * @throws StoppedException if the process was asked to end (Ctrl-C, SIGTERM)
     * @throws IOException if the run cannot be read or a table not be written
     */
    public FolderResult predictAll(Path data, Path out, boolean overwrite) throws IOException {
        Cohort found = NewCases.find(data, trained().description()).requireCases();
        Files.createDirectories(out);
        return StopSignal.finish(
                () -> FolderLock.holding(out, TAKEN, () -> predictAll(found, out, overwrite)));
    }

    private FolderResult predictAll(Cohort found, Path out, boolean overwrite) throws IOException {
        warnings().forEach(LOG::warn);
        List<String> problems = new ArrayList<>(found.problems());
        List<String> lines = new ArrayList<>();
        VolumeTable table = new VolumeTable(trained().description().labels());
        table.addAll(out);
        try (Ensemble networks = Ensemble.open(weights)) {
            CaseWork work = work(networks);
            int count = found.cases().size();
            progress.reset("Segmenting", (long) count * CaseWork.STEPS);
            for (int i = 0; i < count; i++) {
                CaseFiles files = found.cases().get(i);
                OutputFiles outputs = new OutputFiles(out.resolve(files.name() + ".nii.gz"));
                try {
                    StopSignal.check();
                    CaseFiles used = used(files);
                    String key = work.key(used);
                    if (!overwrite && outputs.isFinished(key)) {
                        lines.add(files.name() + ": is there already");
                    } else {
                        check(outputs, files, overwrite);
                        long before = (long) i * CaseWork.STEPS;
                        lines.addAll(work.segment(used, outputs, key, before, progress));
                    }
                    outputs.read().ifPresent(table::add);
                    table.write(out.resolve(VolumeTable.FILE));
                } catch (UserInputException e) {
                    problems.add(e.getMessage());
                } catch (StoppedException e) {
                    throw new StoppedException(
                            "stopped in case %d of %d, %s; what is finished is saved, the same command goes on there"
                                    .formatted(i + 1, count, files.name()),
                            e);
                }
            }
            progress.end();
        }
        return new FolderResult(lines, problems);
    }

    private void check(OutputFiles outputs, CaseFiles files, boolean overwrite) {
        List<Path> further = pictures.isPresent() ? List.of(outputs.picture()) : List.of();
        outputs.check(files, settings, trained().description().labels(), further, overwrite);
    }

    private CaseFiles used(CaseFiles all) {
        return settings.modalities()
                .map(subset -> all.requireImages(subset.modalities()))
                .orElseGet(all::requireAnyImage)
                .withoutSegmentation();
    }

    private CaseWork work(Ensemble networks) throws IOException {
        Optional<TrainedSpacing> spacing = spacing(weights.get(0).run());
        CasePredictor predictor = new CasePredictor(networks, settings, spacing, OVERLAP);
        if (settings.disagreement()) {
            predictor.branchWindow();
        }
        PredictionRecord record = new PredictionRecord(weights, settings, spacing, OVERLAP);
        return new CaseWork(predictor, record, settings, pictures);
    }

    /** What its user should know of the runs before it begins. */
    List<String> warnings() throws IOException {
        List<String> warnings = new ArrayList<>();
        for (RunWeights one : weights) {
            RunCases.preparationDifference(one.run()).ifPresent(warnings::add);
        }
        if (settings.spacing().isPresent()) {
            return warnings;
        }
        RunFolder first = weights.get(0).run();
        Optional<TrainedSpacing> spacing = spacing(first);
        for (RunWeights other : weights.subList(1, weights.size())) {
            if (!spacing(other.run()).equals(spacing)) {
                warnings.add(
                        "%s: records other spacings of its training cases than %s, whose are taken for all runs"
                                .formatted(other.run().path(), first.path()));
            }
        }
        WorkingSpacing set = trained().spacing().orElse(WorkingSpacing.STORED);
        if (spacing.isEmpty() && set.equals(WorkingSpacing.STORED)) {
            warnings.add(
                    first.path()
                            + ": does not record the spacing that it was trained at: images keep"
                            + " theirs, --spacing gives one");
        }
        return warnings;
    }

    private static Optional<TrainedSpacing> spacing(RunFolder run) throws IOException {
        return Files.exists(run.cases()) ? RunCases.read(run.cases()).spacing() : Optional.empty();
    }
}
