/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.ScoredPrediction;
import io.github.gssloss.imaging.prepare.Extents;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.segment.Uncertainty;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.report.CasePicture;
import io.github.gssloss.program.report.OverlayPicture;
import io.github.gssloss.program.report.PictureGrid;
import io.github.gssloss.program.report.Pictures;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The pictures of an evaluated case. Each can fail to be drawn, which is a warning. */
final class EvaluatedPictures {

    /** With more subsets than these a picture shows all modalities and each one alone. */
    private static final int MOST_SHOWN = 6;

    private final PreparedEvaluationCase shown;
    private final DataDescription description;
    private final EvaluationSettings settings;
    private final Path out;

    /**
     * Starts without any.
     *
     * @param shown the case
     * @param description what it shows
     * @param settings how it was evaluated
     * @param out the folder to draw to
     */
    EvaluatedPictures(
            PreparedEvaluationCase shown,
            DataDescription description,
            EvaluationSettings settings,
            Path out) {
        this.shown = shown;
        this.description = description;
        this.settings = settings;
        this.out = out;
    }

    /** Draws a slice with the truth and the predictions. */
    void overlay(List<ScoredPrediction> predictions) {
        Path file = file("overlay");
        Pictures.attempt(file, () -> overlay(predictions, file));
    }

    private Path file(String kind) {
        return out.resolve(kind + "-" + shown.name() + ".png");
    }

    private void overlay(List<ScoredPrediction> predictions, Path file) {
        OverlayPicture picture =
                new OverlayPicture(shown, description, settings.pictures().style());
        List<ModalitySubset> subsets =
                predictions.size() > MOST_SHOWN
                        ? description.allAndSingles()
                        : predictions.stream().map(ScoredPrediction::subset).toList();
        for (ModalitySubset subset : subsets) {
            predictions.stream()
                    .filter(one -> one.subset().equals(subset))
                    .forEach(one -> picture.addPrediction(subset, one.classes()));
        }
        picture.write(file);
    }

    /**
     * Draws a prediction beside the truth in three planes.
     *
     * @param prediction the prediction, with its probabilities where their entropy is drawn
     * @param disagreement of the branches, if it is drawn
     */
    void planes(ScoredPrediction prediction, Optional<float[]> disagreement) {
        Path file = file("planes");
        Pictures.attempt(file, () -> picture(prediction, disagreement).write(file));
    }

    private CasePicture picture(ScoredPrediction prediction, Optional<float[]> disagreement) {
        PreparedCase prepared = shown.prepared();
        Optional<float[]> entropy =
                prediction
                        .probabilities()
                        .map(all -> Uncertainty.entropy(all, description.labels().classes()));
        return new CasePicture(
                        shown.name(),
                        description,
                        new PictureGrid(
                                prepared.shape(), prepared.preparedSpacing(), shown.orientation()),
                        settings.pictures().style(),
                        prepared.modalities(),
                        modality -> image(prepared, modality))
                .addClasses("truth", shown.labels())
                .addClasses(
                        prediction.subset().hasAll() ? "prediction" : prediction.subset().label(),
                        prediction.classes())
                .addUncertainty(entropy, disagreement);
    }

    private static float[] image(PreparedCase prepared, Modality modality) {
        float[] all = prepared.images();
        int voxels = Extents.voxels(prepared.shape());
        int from = modality.index() * voxels;
        return Arrays.copyOfRange(all, from, from + voxels);
    }

    /** Draws how the branches of a network vote in a slice, where they vote. */
    void decisions(RunNetwork network) {
        Path file = file("decisions");
        Pictures.attempt(file, () -> BranchVotes.draw(network, settings.overlap(), shown, file));
    }
}
