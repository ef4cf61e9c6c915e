/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.Dice;
import io.github.gssloss.imaging.measure.EvaluationCase;
import io.github.gssloss.program.report.PanelSheet.Panel;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A picture of one case in the slice with the most foreground: the modalities, the truth over the
 * first, and what the network found with each subset of the modalities, over its first modality.
 * Under a prediction stands its Dice score on the whole volume, in per cent.
 *
 * <p>The first prediction stands beside the truth, the others below in their order: given {@link
 * DataDescription#allAndSingles}, each single modality's stands under that modality.
 *
 * <p>The slice is drawn as it is stored: in BraTS files the front of the head is up and the
 * patient's right on the left. Letters mark the sides.
 */
public final class OverlayPicture {

    private static final int LONGER_SIDE = 320;
    private static final int LONGEST_NAME = 5;

    private final EvaluationCase shown;
    private final DataDescription description;
    private final PictureStyle style;
    private final Map<ModalitySubset, byte[]> predictions = new LinkedHashMap<>();

    /**
     * Starts a picture without predictions.
     *
     * @param shown the case
     * @param description what it shows
     * @param style how classes lie over the image
     */
    public OverlayPicture(EvaluationCase shown, DataDescription description, PictureStyle style) {
        this.style = style;
        this.shown = shown;
        this.description = description;
    }

    /**
     * Adds what the network found.
     *
     * @param subset the modalities that it was given
     * @param classes the class of each voxel, shape (D, H, W) in C order
     * @return this picture
     * @throws IllegalArgumentException if there are more or fewer classes than voxels
     */
    public OverlayPicture addPrediction(ModalitySubset subset, byte[] classes) {
        int voxels = Arrays.stream(shown.shape()).reduce(1, Math::multiplyExact);
        if (classes.length != voxels) {
            throw new IllegalArgumentException(
                    "prediction %s: expected %d voxels, got %d"
                            .formatted(subset, voxels, classes.length));
        }
        predictions.put(subset, classes.clone());
        return this;
    }

    /**
     * Draws the picture.
     *
     * @return the picture; its size depends on the number of predictions
     */
    public BufferedImage render() {
        float[] images = shown.images();
        byte[] truth = shown.labels();
        AxialSlice slice = AxialSlice.withMostForeground(shown.shape(), truth);
        SlicePainter painter = new SlicePainter(slice.width(), slice.height(), LONGER_SIDE);
        List<Swatch> tissues = Swatch.ofClasses(description);
        List<int[]> levels =
                description.modalities().stream()
                        .map(m -> GreyLevels.of(slice.image(images, m.index())))
                        .toList();
        String sides = PanelSheet.sides(shown.orientation());
        List<Panel> panels = new ArrayList<>();
        for (Modality modality : description.modalities()) {
            BufferedImage grey = painter.grey(levels.get(modality.index()));
            panels.add(new Panel(modality.label(), "", sides, grey));
        }
        panels.add(
                new Panel(
                        "truth",
                        "",
                        sides,
                        painter.overlay(levels.get(0), slice.classes(truth), tissues, style)));
        predictions.forEach(
                (subset, prediction) -> {
                    int[] ground = levels.get(subset.modalities().iterator().next().index());
                    BufferedImage picture =
                            painter.overlay(ground, slice.classes(prediction), tissues, style);
                    panels.add(new Panel(title(subset), dice(prediction, truth), sides, picture));
                });
        String where =
                AxialSlice.word(description) + " " + (slice.z() + 1) + " of " + shown.shape()[2];
        int columns = description.modalityCount() + 2;
        List<List<Panel>> rows =
                IntStream.iterate(0, from -> from < panels.size(), from -> from + columns)
                        .mapToObj(i -> panels.subList(i, Math.min(i + columns, panels.size())))
                        .toList();
        return new PanelSheet(shown.name(), where, tissues, rows).render();
    }

    /**
     * Writes the picture as PNG.
     *
     * @param file the file to write or replace
     * @throws UserInputException if it cannot be written
     */
    public void write(Path file) {
        PngFile.write(render(), file);
    }

    private static String title(ModalitySubset subset) {
        if (subset.hasAll()) {
            return "prediction, all";
        }
        String alone = subset.modalities().size() == 1 ? " alone" : "";
        return subset.label().replace("+", " + ") + alone;
    }

    /** A name of a region short enough for several under a panel. */
    private static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 2) + "." : name;
    }

    private String dice(byte[] prediction, byte[] truth) {
        List<String> scores = new ArrayList<>();
        for (Region region : description.regions()) {
            double dice = Dice.of(prediction, truth, region, description.labels().classes());
            String name = shortened(region.label());
            scores.add(String.format(Locale.ROOT, "%s %.0f", name, 100 * dice));
        }
        return "Dice: " + String.join(", ", scores);
    }
}
