/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.util.Progress;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.PredictionFile;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments a subject with the network of a run. All images that the subject has decide crop and
 * standardisation, as in an evaluation; of these the modalities asked for go to the network.
 */
public final class PredictionRun {

    private static final Logger LOG = LoggerFactory.getLogger(PredictionRun.class);
    private static final int STEPS = 1000;

    private final RunFolder run;
    private final Path checkpoint;
    private final Progress progress;

    /**
     * Prepares a prediction.
     *
     * @param run the run
     * @param checkpoint the weights; empty: the last of the run
     * @param progress the display of windows
     * @throws UserInputException if the run has no weights
     */
    public PredictionRun(RunFolder run, Optional<Path> checkpoint, Progress progress) {
        this.run = run;
        this.checkpoint = checkpoint.orElseGet(() -> Checkpoints.last(run));
        this.progress = progress;
    }

    /**
     * Says which weights are used.
     *
     * @return run, file and step in one line
     */
    public String weights() {
        return Checkpoints.words(run, checkpoint);
    }

    /**
     * Segments a subject in windows of the size of the run's crops, half overlapping, and writes
     * the labels on the grid of its files.
     *
     * @param subject the folder of one case; a segmentation in it is not looked at
     * @param modalities the modalities to use; empty: those that there are
     * @param out the file to write, named {@code .nii} or {@code .nii.gz}
     * @param overwrite whether a file that is there is replaced, as long as it is none of the
     *     subject's
     * @return what was found, in one line
     * @throws UserInputException if the subject cannot be used, a modality asked for is missing, or
     *     the file cannot be written
     * @throws IOException if the run cannot be read
     */
    public String predict(
            Path subject, Optional<ModalitySubset> modalities, Path out, boolean overwrite)
            throws IOException {
        CaseFiles all = only(subject, run.settings().description());
        PredictionFile.check(out, all);
        if (!overwrite && Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserInputException(
                    "prediction %s: expected a new file, this one exists; --overwrite replaces it"
                            .formatted(out));
        }
        CaseFiles files =
                modalities
                        .map(subset -> all.requireImages(subset.modalities()))
                        .orElseGet(all::requireAnyImage)
                        .withoutSegmentation();
        ModalitySubset subset =
                modalities.orElseGet(() -> new ModalitySubset(files.images().keySet()));
        RunSettings trained = run.settings();
        RunCases.preparationDifference(run).ifPresent(LOG::warn);
        PreparedCase prepared = trained.preparation().prepare(files);
        byte[] classes;
        try (RunNetwork network = RunNetwork.trained(trained, checkpoint)) {
            progress.reset("Segmenting", STEPS);
            classes =
                    network.slidingWindow(EvaluationSettings.HALF)
                            .segment(
                                    network.manager(),
                                    files.name(),
                                    prepared.shape(),
                                    prepared.images(),
                                    List.of(subset),
                                    (done, total) ->
                                            progress.update(
                                                    (long) STEPS * done / total,
                                                    "window %d of %d".formatted(done, total)))
                            .get(0);
            progress.end();
        }
        PredictionFile.write(out, prepared, classes, trained.description().labels());
        return "%s with %s: %s".formatted(files.name(), subset, found(classes));
    }

    private static CaseFiles only(Path subject, DataDescription description) {
        List<CaseFiles> found = Cohort.find(subject, description).requireAll(true).cases();
        if (found.size() > 1) {
            throw new UserInputException(
                    "subject %s: expected the folder of one case, got %d: %s, %s..."
                            .formatted(
                                    subject,
                                    found.size(),
                                    found.get(0).name(),
                                    found.get(1).name()));
        }
        return found.get(0);
    }

    private String found(byte[] classes) {
        LabelSet labels = run.settings().description().labels();
        long[] voxels = new long[labels.classes()];
        for (byte one : classes) {
            voxels[one]++;
        }
        return IntStream.range(1, voxels.length)
                .mapToObj(c -> voxels[c] + " voxels of " + labels.classNames().get(c))
                .collect(Collectors.joining(", "));
    }
}
