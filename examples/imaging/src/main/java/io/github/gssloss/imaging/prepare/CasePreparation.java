/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiDatatype;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes a case ready for a network:
 *
 * <ol>
 *   <li>reads the volumes, which must have one shape and finite voxels, and checks the labels;
 *   <li>crops to the bounding box of the voxels where any modality differs from 0, widened to at
 *       least a minimum size and never beyond the volume;
 *   <li>standardises each modality over the brain (where the sum over modalities is above 0): mean
 *       0, population standard deviation 1; the background shifts along.
 * </ol>
 *
 * <p>The published preprocessing loses the last plane of the box on every axis and, near the border
 * of the volume, comes out smaller than its minimum of 128. Here the box holds its last planes and
 * is shifted at the border instead.
 */
public final class CasePreparation {

    private final LabelSet labelSet;
    private final int[] crop;
    private final int[] minimum;

    /**
     * Creates a preparation whose boxes are at least one crop large.
     *
     * @param labelSet how segmentation files number the tissues
     * @param crop the size of training crops along {x, y, z}, or one number for a cube
     */
    public CasePreparation(LabelSet labelSet, int... crop) {
        this(labelSet, crop, crop);
    }

    /**
     * Creates a preparation.
     *
     * @param labelSet how segmentation files number the tissues
     * @param crop the size of training crops along {x, y, z}, or one number for a cube
     * @param minimum the size that boxes are widened to where the volume has room (the published
     *     code's: 128); never less than the crop
     */
    public CasePreparation(LabelSet labelSet, int[] crop, int[] minimum) {
        this.labelSet = labelSet;
        this.crop = Extents.requireCrop("crop", crop);
        this.minimum = Extents.requireCrop("minimum", minimum);
        Arrays.setAll(this.minimum, axis -> Math.max(this.minimum[axis], this.crop[axis]));
    }

    /**
     * Checks a case by its files' headers alone, which takes no time: one shape, and a crop that
     * fits into it.
     *
     * @param files the case
     * @throws UserInputException one line that names case and file
     */
    public void check(CaseFiles files) {
        int[] shape = NiftiReader.readHeader(files.reference()).shape();
        files.images().values().forEach(image -> requireShape(files, image, shape));
        files.segmentation().ifPresent(seg -> requireShape(files, seg, shape));
        for (int axis = 0; axis < 3; axis++) {
            if (crop[axis] > shape[axis]) {
                throw new UserInputException(
                        "crop %s: larger than the volume of case %s (%s)"
                                .formatted(
                                        Extents.cropText(crop), files.name(), Extents.text(shape)));
            }
        }
    }

    /**
     * Prepares a case in memory. Modalities that it lacks come out as 0.
     *
     * @param files the case, with at least one image
     * @return the prepared case
     * @throws UserInputException one line that names case and file where they cannot be used
     */
    public PreparedCase prepare(CaseFiles files) {
        check(files);
        NiftiHeader reference = NiftiReader.readHeader(files.reference());
        int[] shape = reference.shape();
        Map<Modality, float[]> volumes = new EnumMap<>(Modality.class);
        files.images().forEach((modality, file) -> volumes.put(modality, readImage(files, file)));
        BoundingBox box =
                BoundingBox.ofNonZero(List.copyOf(volumes.values()), shape)
                        .orElseThrow(() -> noBrain(files))
                        .widened(minimum, shape);
        float[] images = new float[Modality.values().length * box.voxels()];
        volumes.forEach(
                (modality, volume) ->
                        System.arraycopy(
                                box.cut(volume, shape),
                                0,
                                images,
                                modality.ordinal() * box.voxels(),
                                box.voxels()));
        volumes.clear();
        List<StoredImage> stored = standardised(files, images, box.voxels());
        Optional<ByteBuffer> labels =
                files.segmentation().map(file -> readLabels(files, shape, box));
        return new PreparedCase(files, box, shape, reference.spacing(), stored, labels);
    }

    /**
     * Describes how cases are prepared, whatever their files.
     *
     * @return the record of what of the result depends on this object
     */
    public PreparationRecord record() {
        return PreparationRecord.create()
                .with("labels", labelSet.label())
                .with("orientation", "as stored")
                .with("spacing", "as stored")
                .with("crop", "where any modality is not 0, at least " + Extents.text(minimum))
                .with("foreground", "where the sum of the modalities is above 0")
                .with("normalisation", "z-score over the foreground");
    }

    /** Estimates, by the headers alone, the bytes that a prepared case takes; 0 where it fails. */
    long estimatedBytes(CaseFiles files) {
        try {
            int[] shape = NiftiReader.readHeader(files.reference()).shape();
            // A brain fills less than half of its volume: in BraTS two fifths.
            long voxels = (long) shape[0] * shape[1] * shape[2] / 2;
            long bytes = files.segmentation().isPresent() ? 1 : 0;
            for (Path image : files.images().values()) {
                NiftiDatatype type = NiftiReader.readHeader(image).datatype();
                bytes += type.integral() ? Math.min(Short.BYTES, type.bytes()) : Float.BYTES;
            }
            return voxels * bytes;
        } catch (UserInputException e) {
            // Reported when the case is opened.
            return 0;
        }
    }

    private static float[] readImage(CaseFiles files, Path file) {
        float[] data = NiftiReader.read(file).data();
        for (float value : data) {
            if (!Float.isFinite(value)) {
                throw new UserInputException(
                        "case %s: %s holds %s, expected finite intensities"
                                .formatted(files.name(), file.getFileName(), value));
            }
        }
        return data;
    }

    private static List<StoredImage> standardised(CaseFiles files, float[] images, int voxels) {
        boolean[] brain = ZScore.brain(images, voxels);
        if (IntStream.range(0, voxels).noneMatch(v -> brain[v])) {
            throw noBrain(files);
        }
        List<StoredImage> stored = new ArrayList<>();
        for (Modality modality : Modality.values()) {
            int start = modality.ordinal() * voxels;
            Path file = files.images().get(modality);
            ZScore scale =
                    file == null
                            ? ZScore.NONE
                            : ZScore.of(
                                    images,
                                    start,
                                    brain,
                                    "case " + files.name() + ": " + file.getFileName());
            stored.add(StoredImage.of(images, start, voxels, scale));
        }
        return stored;
    }

    private ByteBuffer readLabels(CaseFiles files, int[] shape, BoundingBox box) {
        byte[] classes = TrueClasses.read(files, labelSet);
        byte[] labels = new byte[box.voxels()];
        box.forEachRun(
                shape,
                (inVolume, inBox) ->
                        System.arraycopy(classes, inVolume, labels, inBox, box.sizeZ()));
        return ByteBuffer.wrap(labels);
    }

    private static UserInputException noBrain(CaseFiles files) {
        return new UserInputException(
                "case " + files.name() + ": no brain in it, expected voxels above 0");
    }

    private static void requireShape(CaseFiles files, Path file, int[] expected) {
        int[] shape = NiftiReader.readHeader(file).shape();
        if (!Arrays.equals(shape, expected)) {
            throw new UserInputException(
                    "case %s: %s has shape %s, expected %s as in %s"
                            .formatted(
                                    files.name(),
                                    file.getFileName(),
                                    Extents.text(shape),
                                    Extents.text(expected),
                                    files.reference().getFileName()));
        }
    }
}
