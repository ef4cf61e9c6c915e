/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.CaseGrid;
import io.github.gssloss.imaging.prepare.CasePreparation;
import io.github.gssloss.imaging.prepare.PreparedCase;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.imaging.segment.WindowListener;
import io.github.gssloss.imaging.segment.WindowPrediction;
import io.github.gssloss.program.model.BranchDisagreement;
import io.github.gssloss.program.model.Ensemble;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Segments cases in memory. Where a case is resampled to the spacing of the training the
 * probabilities are brought back, linearly, and then each voxel of the files gets its class: so a
 * border lies between voxels of the network as the probabilities say, and does not follow their
 * edges. Probabilities, not logits: they are what windows, mirrored views and networks are averaged
 * as.
 */
final class CasePredictor {

    private final Ensemble networks;
    private final PredictionSettings settings;
    private final CasePreparation preparation;
    private final Optional<TrainedSpacing> trained;
    private final double overlap;
    private final int numClasses;

    CasePredictor(
            Ensemble networks,
            PredictionSettings settings,
            Optional<TrainedSpacing> trained,
            double overlap) {
        this.networks = networks;
        this.settings = settings;
        this.trained = trained;
        this.overlap = overlap;
        preparation = networks.first().settings().preparation();
        numClasses = networks.first().settings().description().labels().classes();
    }

    /** What the cases show. */
    DataDescription description() {
        return networks.first().settings().description();
    }

    /** The classes that come out. */
    LabelSet labels() {
        return description().labels();
    }

    /** The spacing that a case is brought to, where it is not as the training's. */
    private Optional<WorkingSpacing> target(CaseFiles files) {
        return settings.spacing()
                .or(() -> trained.flatMap(spacing -> spacing.away(preparation, files)));
    }

    /**
     * Segments a case.
     *
     * @param files the case, without a segmentation
     * @param listener the windows done, those that the branches see counted with the others
     * @return what came out
     * @throws io.github.gssloss.files.UserInputException if the case cannot be used
     */
    Predicted predict(CaseFiles files, WindowListener listener) {
        Optional<WorkingSpacing> target = target(files);
        PreparedCase prepared = preparation.ofAnyGrid(target).prepare(files);
        ModalitySubset subset =
                settings.modalities().orElseGet(() -> new ModalitySubset(files.images().keySet()));
        boolean branches = settings.disagreement() && BranchDisagreement.isOf(subset);
        WindowListener fused = listener.ofPass(0, branches ? 2 : 1);
        boolean brought = target.isPresent() && prepared.isResampled();
        boolean mapped = settings.probabilities().isPresent() || settings.entropy();
        SlidingWindow window = networks.slidingWindow(overlap, settings.use());
        byte[] classes;
        Optional<float[]> probabilities = Optional.empty();
        if (brought || mapped) {
            WindowPrediction found =
                    window.predict(
                                    networks.manager(),
                                    files.name(),
                                    prepared.shape(),
                                    prepared.images(),
                                    List.of(subset),
                                    one -> true,
                                    fused)
                            .get(0);
            float[] all = prepared.inVolume(found.probabilities().orElseThrow(), background());
            classes = brought ? largest(all) : prepared.inVolume(found.classes());
            probabilities = Optional.of(all).filter(one -> mapped);
        } else {
            classes =
                    prepared.inVolume(
                            window.segment(
                                            networks.manager(),
                                            files.name(),
                                            prepared.shape(),
                                            prepared.images(),
                                            List.of(subset),
                                            fused)
                                    .get(0));
        }
        List<Cleaning.Change> changes = new ArrayList<>();
        byte[] cleaned =
                settings.cleaning()
                        .apply(
                                classes,
                                prepared.volumeShape(),
                                CaseGrid.of(files).geometry().voxelVolume(),
                                changes);
        return new Predicted(
                prepared,
                subset,
                cleaned,
                probabilities,
                branches
                        ? Optional.of(disagreement(prepared, subset, listener.ofPass(1, 2)))
                        : Optional.empty(),
                changes);
    }

    private float[] background() {
        float[] background = new float[numClasses];
        background[0] = 1;
        return background;
    }

    /** The class of the largest probability, the lower one on a tie. */
    private byte[] largest(float[] probabilities) {
        byte[] classes = new byte[probabilities.length / numClasses];
        for (int v = 0; v < classes.length; v++) {
            for (int c = 1; c < numClasses; c++) {
                if (probabilities[c * classes.length + v]
                        > probabilities[classes[v] * classes.length + v]) {
                    classes[v] = (byte) c;
                }
            }
        }
        return classes;
    }

    private float[] disagreement(
            PreparedCase prepared, ModalitySubset subset, WindowListener listener) {
        float[] map =
                branches()
                        .map(
                                prepared.name(),
                                prepared.shape(),
                                prepared.images(),
                                subset,
                                listener);
        return prepared.inVolume(map, 0f);
    }

    /** Throws, before any work, where branches are asked for and there are none. */
    BranchDisagreement branches() {
        return BranchDisagreement.of(networks, overlap, settings.use());
    }
}
