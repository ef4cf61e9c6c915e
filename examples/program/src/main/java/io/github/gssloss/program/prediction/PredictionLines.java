/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.files.Counted;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.prepare.CaseGrid;
import io.github.gssloss.imaging.prepare.TrainedSpacing;
import io.github.gssloss.imaging.segment.Cleaning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was done to a case, in lines for the user: one a guess or a change, the last the volumes.
 */
final class PredictionLines {

    private final LabelSet labels;
    private final boolean disagreement;

    PredictionLines(LabelSet labels, PredictionSettings settings) {
        this.labels = labels;
        disagreement = settings.disagreement();
    }

    List<String> of(Predicted predicted) {
        String name = predicted.prepared().files().name();
        List<String> lines = new ArrayList<>();
        grids(predicted, lines);
        if (disagreement && predicted.disagreement().isEmpty()) {
            lines.add(
                    "no map of the disagreement: %s is a single branch"
                            .formatted(predicted.subset()));
        }
        for (Cleaning.Change change : predicted.changes()) {
            lines.add(
                    "%s: %d, %s"
                            .formatted(
                                    change.step(),
                                    change.components(),
                                    Counted.of(change.voxels(), "voxel")));
        }
        List<String> prefixed =
                new ArrayList<>(lines.stream().map(line -> name + ": " + line).toList());
        prefixed.add("%s with %s: %s".formatted(name, predicted.subset(), volumes(predicted)));
        return prefixed;
    }

    /** Where the grid of an image, or of the network, is another than the case's own. */
    private static void grids(Predicted predicted, List<String> lines) {
        CaseFiles files = predicted.prepared().files();
        CaseGrid grid = CaseGrid.ofAny(files);
        for (Modality modality : PredictionRecord.elsewhere(files)) {
            lines.add(
                    ("%s lies on another grid than the first image and reaches %d %% of it:"
                                    + " resampled, linearly, as the affines say; nothing was"
                                    + " registered")
                            .formatted(
                                    modality.label(),
                                    Math.round(100 * grid.reached(files.images().get(modality)))));
        }
        if (!grid.orientation().equals(grid.file().orientation())) {
            lines.add(
                    "axes that lead to %s were turned to %s for the network, and back"
                            .formatted(grid.file().orientation(), grid.orientation()));
        }
        if (predicted.prepared().isResampled()) {
            lines.add(
                    "voxels of %s mm were brought to %s mm for the network, and back"
                            .formatted(
                                    text(predicted.prepared().spacing()),
                                    text(predicted.prepared().preparedSpacing())));
        }
    }

    private static String text(float... spacing) {
        return TrainedSpacing.text(PredictionRecord.numbers(spacing));
    }

    private String volumes(Predicted predicted) {
        long[] voxels = predicted.voxels(labels.classes());
        return IntStream.range(1, voxels.length)
                .mapToObj(c -> Counted.of(voxels[c], "voxel") + " of " + labels.classNames().get(c))
                .collect(Collectors.joining(", "));
    }
}
