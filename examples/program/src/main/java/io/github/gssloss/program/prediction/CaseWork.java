/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import ai.djl.util.Progress;
import io.github.gssloss.files.StopSignal;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.prepare.CaseGrid;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.PredictionFile;
import io.github.gssloss.imaging.segment.Uncertainty;
import io.github.gssloss.program.report.CasePicture;
import io.github.gssloss.program.report.PictureGrid;
import io.github.gssloss.program.report.PictureStyle;
import io.github.gssloss.program.report.Pictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Segments one case and writes all that comes of it. */
final class CaseWork {

    /** Steps of the progress within a case. */
    static final int STEPS = 1000;

    private final CasePredictor predictor;
    private final PredictionRecord record;
    private final PredictionSettings settings;
    private final Optional<PictureStyle> pictures;

    CaseWork(
            CasePredictor predictor,
            PredictionRecord record,
            PredictionSettings settings,
            Optional<PictureStyle> pictures) {
        this.pictures = pictures;
        this.predictor = predictor;
        this.record = record;
        this.settings = settings;
    }

    /**
     * Segments a case.
     *
     * @param files the case, without a segmentation
     * @param out the files to write
     * @param key what the prediction depends on, see {@link PredictionRecord#key}
     * @param anew whether a prediction that is there was made with who knows what
     * @param before the progress before this case
     * @param progress the display
     * @return what was done, in lines
     */
    List<String> segment(
            CaseFiles files,
            OutputFiles out,
            String key,
            boolean anew,
            long before,
            Progress progress)
            throws IOException {
        long start = System.nanoTime();
        progress.update(before, files.name() + ", preparing");
        Predicted predicted =
                predictor.predict(
                        files,
                        (done, total) -> {
                            StopSignal.check();
                            progress.update(
                                    before + (long) STEPS * done / (total + 1),
                                    "%s, window %d of %d".formatted(files.name(), done, total));
                        });
        write(predicted, out, key, anew, start);
        return new PredictionLines(predictor.labels(), settings).of(predicted);
    }

    private void write(Predicted predicted, OutputFiles out, String key, boolean anew, long start)
            throws IOException {
        CaseFiles files = predicted.prepared().files();
        LabelSet labels = predictor.labels();
        Path folder = out.segmentation().toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // What is there has another record: without it, it would be taken for this one's. With the
        // same record it is this one, of another process that was given the same case.
        if (anew || !out.hasKey(key)) {
            out.removeFormer();
        }
        List<Path> maps = out.maps(settings, labels);
        if (predicted.disagreement().isEmpty()) {
            maps.remove(out.disagreement());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Path> drawn = pictures.isPresent() ? List.of(out.picture()) : List.of();
        byte[] done =
                record.yaml(predicted, maps, drawn, key, seconds).getBytes(StandardCharsets.UTF_8);
        WholeFile.writeShared(out.record(), file -> file.write(done));
        predicted.probabilities().ifPresent(all -> writeProbabilities(all, files, out, labels));
        Optional<float[]> entropy =
                predicted
                        .probabilities()
                        .filter(all -> settings.entropy())
                        .map(all -> Uncertainty.entropy(all, labels.classes()));
        entropy.ifPresent(
                map -> PredictionFile.writeMap(out.entropy(), files, map, settings.mapType()));
        predicted
                .disagreement()
                .ifPresent(
                        map ->
                                PredictionFile.writeMap(
                                        out.disagreement(), files, map, settings.mapType()));
        pictures.ifPresent(
                style ->
                        Pictures.attempt(
                                out.picture(),
                                () -> draw(predicted, entropy, style).write(out.picture())));
        PredictionFile.writeClasses(out.segmentation(), files, predicted.classes(), labels);
    }

    private CasePicture draw(Predicted predicted, Optional<float[]> entropy, PictureStyle style) {
        PreparedCase prepared = predicted.prepared();
        CaseFiles files = prepared.files();
        // As the files have them, not as the network saw them: that may be coarser.
        CaseGrid grid = CaseGrid.ofAny(files);
        PictureGrid shown =
                new PictureGrid(prepared.volumeShape(), prepared.spacing(), grid.orientation());
        return new CasePicture(
                        files.name(),
                        predictor.description(),
                        shown,
                        style,
                        predicted.subset().modalities(),
                        modality -> grid.read(files.images().get(modality)))
                .addClasses("segmentation", predicted.classes())
                .addUncertainty(entropy, predicted.disagreement());
    }

    private void writeProbabilities(
            float[] all, CaseFiles files, OutputFiles out, LabelSet labels) {
        int voxels = all.length / labels.classes();
        settings.probabilities()
                .ifPresent(
                        type -> {
                            for (int c = 0; c < labels.classes(); c++) {
                                PredictionFile.writeMap(
                                        out.probability(labels.fileLabel(c)),
                                        files,
                                        Arrays.copyOfRange(all, c * voxels, (c + 1) * voxels),
                                        type);
                            }
                        });
    }
}
