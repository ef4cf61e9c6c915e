/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.Modality;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a case ready for a network:
 *
 * <ol>
 *   <li>reads the volumes, brings them to one grid ({@link CaseGrid}), and checks that voxels are
 *       finite and labels known;
 *   <li>resamples them where a spacing is asked for ({@link WorkingSpacing});
 *   <li>crops to the bounding box of the foreground ({@link Foreground}: by default the voxels
 *       where any modality differs from 0), widened to at least a minimum size and never beyond the
 *       volume;
 *   <li>clips intensities to percentiles of the foreground, if asked to ({@link Clipping});
 *   <li>standardises each modality over the foreground: mean 0, population standard deviation 1;
 *       the background shifts along.
 * </ol>
 *
 * <p>The published preprocessing loses the last plane of the box on every axis and, near the border
 * of the volume, comes out smaller than its minimum of 128. Here the box holds its last planes and
 * is shifted at the border instead.
 */
public final class CasePreparation {

    private static final Logger LOG = LoggerFactory.getLogger(CasePreparation.class);

    private final DataDescription description;
    private final int[] crop;
    private final int[] minimum;
    private final Foreground foreground;
    private final Clipping clipping;
    private final WorkingSpacing working;
    private final AnyGrid anyGrid;

    /**
     * Creates a preparation whose boxes are at least one crop large.
     *
     * @param description what the cases show
     * @param crop the size of training crops along {x, y, z}, or one number for a cube
     */
    public CasePreparation(DataDescription description, int... crop) {
        this(description, crop, crop);
    }

    /**
     * Creates a preparation.
     *
     * @param description what the cases show
     * @param crop the size of training crops along {x, y, z}, or one number for a cube
     * @param minimum the size that boxes are widened to where the volume has room (the published
     *     code's: 128); never less than the crop
     */
    public CasePreparation(DataDescription description, int[] crop, int[] minimum) {
        this(
                description,
                Extents.requireBox("crop", crop),
                larger(crop, minimum),
                Foreground.NONZERO,
                Clipping.NONE,
                WorkingSpacing.STORED,
                AnyGrid.REFUSED);
    }

    private CasePreparation(
            DataDescription description,
            int[] crop,
            int[] minimum,
            Foreground foreground,
            Clipping clipping,
            WorkingSpacing working,
            AnyGrid anyGrid) {
        this.description = description;
        this.crop = crop;
        this.minimum = minimum;
        this.foreground = foreground;
        this.clipping = clipping;
        this.working = working;
        this.anyGrid = anyGrid;
    }

    private static int[] larger(int[] crop, int[] minimum) {
        int[] one = Extents.requireBox("crop", crop);
        int[] larger = Extents.requireBox("minimum", minimum);
        Arrays.setAll(larger, axis -> Math.max(larger[axis], one[axis]));
        return larger;
    }

    /**
     * Returns this preparation with another rule of what is foreground.
     *
     * @param rule the rule
     * @return a preparation that differs in the rule alone
     */
    public CasePreparation with(Foreground rule) {
        return new CasePreparation(description, crop, minimum, rule, clipping, working, anyGrid);
    }

    /**
     * Returns this preparation with intensities clipped before they are standardised.
     *
     * @param percentiles where intensities end
     * @return a preparation that differs in this alone
     */
    public CasePreparation with(Clipping percentiles) {
        return new CasePreparation(
                description, crop, minimum, foreground, percentiles, working, anyGrid);
    }

    /**
     * Returns this preparation with volumes brought to a spacing before they are cropped.
     *
     * @param spacing the spacing
     * @return a preparation that differs in this alone
     */
    public CasePreparation with(WorkingSpacing spacing) {
        return new CasePreparation(
                description, crop, minimum, foreground, clipping, spacing, anyGrid);
    }

    /**
     * Returns this preparation for new cases, which may lie on other grids than those that the
     * network was trained on: the images of a case are brought to the grid of its first one,
     * linearly, where their affines say that they lie elsewhere; foreground by the nearest voxel.
     *
     * @param spacing what to bring images to, averaged where they get coarser; empty: as this
     *     preparation does it
     * @return a preparation that differs in this alone
     */
    public CasePreparation ofAnyGrid(Optional<WorkingSpacing> spacing) {
        return new CasePreparation(
                description,
                crop,
                minimum,
                foreground,
                clipping,
                spacing.orElse(working),
                spacing.isPresent() ? AnyGrid.AVERAGED : AnyGrid.BROUGHT);
    }

    /** The spacing that volumes are brought to. */
    WorkingSpacing working() {
        return working;
    }

    /**
     * Checks by its files' headers alone that a case can be brought to one grid.
     *
     * @param files the case
     * @throws UserInputException one line that names case and file
     */
    public void check(CaseFiles files) {
        check(anyGrid.of(files), files);
    }

    private static void check(CaseGrid grid, CaseFiles files) {
        files.images().values().forEach(grid::check);
        files.segmentation().ifPresent(grid::check);
    }

    /**
     * Prepares a case in memory. Modalities that it lacks come out as 0.
     *
     * @param files the case, with at least one image
     * @return the prepared case
     * @throws UserInputException one line that names case and file where they cannot be used
     */
    public PreparedCase prepare(CaseFiles files) {
        CaseGrid grid = anyGrid.of(files);
        check(grid, files);
        grid.warn(files);
        Resampling resampling = working.of(grid.geometry().size(), grid.geometry().spacing());
        CaseVolumes read = new CaseVolumes(grid, files, foreground);
        Map<Modality, float[]> volumes = read.images();
        ForegroundMask body = resampling.isNone() ? read.mask() : read.mask().resampled(resampling);
        int[] shape = resampling.shape();
        BoundingBox box = body.box().orElseThrow(() -> nothing(files)).widened(minimum, shape);
        if (files.kind() == DatasetKind.BRATS) {
            // Of other organs nobody knows how much of a box they fill.
            body.doubt().ifPresent(doubt -> LOG.warn("case {}: {}", files.name(), doubt));
        }
        float[] images = new float[files.modalities().size() * box.voxels()];
        volumes.forEach(
                (modality, volume) ->
                        System.arraycopy(
                                box.cut(anyGrid.resampled(volume, resampling), shape),
                                0,
                                images,
                                modality.index() * box.voxels(),
                                box.voxels()));
        volumes.clear();
        List<StoredImage> standard = standardised(files, images, body.cut(box));
        Optional<ByteBuffer> labels =
                files.segmentation()
                        .map(file -> box.cut(classes(files, resampling), shape))
                        .map(ByteBuffer::wrap);
        warnOfPadding(files, box);
        return new PreparedCase(
                files,
                box,
                grid.geometry().size(),
                grid.geometry().spacing(),
                resampling,
                standard,
                labels);
    }

    /** Logs that the box of a prepared case is smaller than a crop, if so. */
    void warnOfPadding(CaseFiles files, BoundingBox box) {
        if (!Padding.to(box.size(), crop).isEmpty()) {
            LOG.warn(
                    "case {}: has {} voxels, less than the crop {} along an axis: padded with"
                            + " background",
                    files.name(),
                    Extents.text(box.size()),
                    Extents.cropText(crop));
        }
    }

    /**
     * Describes how cases are prepared, whatever their files.
     *
     * @return the record of what of the result depends on this object
     */
    public PreparationRecord record() {
        PreparationRecord record =
                PreparationRecord.create()
                        .with("labels", labels())
                        .with("orientation", description.kind().orientation().orElse("as stored"))
                        .with(
                                "spacing",
                                working.equals(WorkingSpacing.STORED)
                                        ? "as stored"
                                        : working + " mm")
                        .with("crop", "foreground, at least " + Extents.text(minimum))
                        .with("foreground", foreground.toString())
                        .with("normalisation", "z-score over the foreground");
        return clipping.equals(Clipping.NONE)
                ? record
                : record.with("clip", "percentiles of the foreground, " + clipping);
    }

    private byte[] classes(CaseFiles files, Resampling resampling) {
        return resampling.nearest(TrueClasses.read(files, description));
    }

    /** Which number in a file is which class. For BraTS the name of the data set says it. */
    private String labels() {
        return description.kind() == DatasetKind.BRATS
                ? description.name()
                : description.labels().fileLabels() + ignored();
    }

    private String ignored() {
        OptionalInt ignored = description.labels().ignored();
        return ignored.isPresent() ? ", ignored " + ignored.getAsInt() : "";
    }

    private List<StoredImage> standardised(CaseFiles files, float[] images, byte[] inside) {
        List<StoredImage> stored = new ArrayList<>();
        for (Modality modality : files.modalities()) {
            int start = modality.index() * inside.length;
            Path file = files.images().get(modality);
            if (file != null) {
                clipping.apply(modality, images, start, inside);
            }
            ZScore scale =
                    file == null
                            ? ZScore.NONE
                            : ZScore.of(
                                    images,
                                    start,
                                    inside,
                                    "case " + files.name() + ": " + file.getFileName());
            stored.add(StoredImage.of(images, start, inside.length, scale));
        }
        return stored;
    }

    private UserInputException nothing(CaseFiles files) {
        return new UserInputException(
                "case %s: expected foreground (%s), found none"
                        .formatted(files.name(), foreground));
    }
}
