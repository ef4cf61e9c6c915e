/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.Modality;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A case that is ready for a network: cropped to its brain, each modality standardised, labels as
 * class indices. Its voxels may lie in memory or in a mapped cache file, as the files have them;
 * parts of them are read, and standardised, without the rest. Immutable, and safe to read from many
 * threads.
 */
public final class PreparedCase {

    private final CaseFiles files;
    private final BoundingBox box;
    private final int[] volumeShape;
    private final float[] spacing;
    private final Resampling resampling;
    private final List<StoredImage> images;
    private final Optional<ByteBuffer> labels;

    /**
     * Joins voxels with where they come from.
     *
     * @param files the files the case was made of
     * @param box the prepared volume within the resampled one
     * @param volumeShape {nx, ny, nz} of the files' volume
     * @param spacing of the voxels along {x, y, z}, in mm
     * @param resampling from the files' volume to the resampled one
     * @param images one for each modality, 0 throughout where the case lacks it
     * @param labels (x, y, z) class indices, if the case has a segmentation
     */
    PreparedCase(
            CaseFiles files,
            BoundingBox box,
            int[] volumeShape,
            float[] spacing,
            Resampling resampling,
            List<StoredImage> images,
            Optional<ByteBuffer> labels) {
        box.requireWithin(resampling.shape());
        this.files = files;
        this.box = box;
        this.volumeShape = volumeShape.clone();
        this.spacing = spacing.clone();
        this.resampling = resampling;
        this.images = List.copyOf(images);
        this.labels = labels;
    }

    /**
     * Returns the case's name.
     *
     * @return for example {@code BraTS20_Training_001}
     */
    public String name() {
        return files.name();
    }

    /**
     * Returns the files the case was made of; {@link CaseFiles#reference} has the grid to write a
     * prediction on.
     *
     * @return the files
     */
    public CaseFiles files() {
        return files;
    }

    /**
     * Returns the modalities that the case has; the images of the others are 0.
     *
     * @return at least one, by their index
     */
    public Set<Modality> modalities() {
        return files.images().keySet();
    }

    /**
     * Returns the extent of the prepared volume.
     *
     * @return {nx, ny, nz}, the size of {@link #box}
     */
    public int[] shape() {
        return box.size();
    }

    /**
     * Returns where the prepared volume lies in the files' volume, or in what that became by
     * resampling.
     *
     * @return first voxel and size
     */
    public BoundingBox box() {
        return box;
    }

    /**
     * Returns the extent of the files' volume.
     *
     * @return {nx, ny, nz}
     */
    public int[] volumeShape() {
        return volumeShape.clone();
    }

    /**
     * Returns the spacing of the files' voxels.
     *
     * @return along {x, y, z}, in mm
     */
    public float[] spacing() {
        return spacing.clone();
    }

    /**
     * Returns whether the case has a segmentation.
     *
     * @return true where {@link #labels} works
     */
    public boolean hasLabels() {
        return labels.isPresent();
    }

    /**
     * Copies a box of all modalities.
     *
     * @param part the box, in voxels of the prepared volume
     * @param target takes (modality, x, y, z) in C order
     * @throws IllegalArgumentException where the box leaves the volume or the target has another
     *     length
     */
    public void copyImages(BoundingBox part, float[] target) {
        int[] shape = shape();
        part.requireWithin(shape);
        requireLength(target.length, images.size() * part.voxels());
        for (int m = 0; m < images.size(); m++) {
            StoredImage image = images.get(m);
            int to = m * part.voxels();
            part.forEachRun(
                    shape,
                    (inVolume, inPart) -> image.copy(inVolume, target, to + inPart, part.sizeZ()));
        }
    }

    /**
     * Copies a box of the class indices.
     *
     * @param part the box, in voxels of the prepared volume
     * @param target takes (x, y, z) in C order
     * @throws IllegalArgumentException where the box leaves the volume or the target has another
     *     length
     * @throws IllegalStateException where the case has no segmentation
     */
    public void copyLabels(BoundingBox part, byte[] target) {
        ByteBuffer source = requireLabels();
        int[] shape = shape();
        part.requireWithin(shape);
        requireLength(target.length, part.voxels());
        part.forEachRun(
                shape, (inVolume, inPart) -> source.get(inVolume, target, inPart, part.sizeZ()));
    }

    /**
     * Returns all images.
     *
     * @return a new array, (modality, x, y, z) in C order
     */
    public float[] images() {
        int voxels = box.voxels();
        float[] copy = new float[images.size() * voxels];
        for (int m = 0; m < images.size(); m++) {
            images.get(m).copy(0, copy, m * voxels, voxels);
        }
        return copy;
    }

    /** The images as they are stored, one for each modality. */
    List<StoredImage> stored() {
        return images;
    }

    /**
     * Returns all class indices.
     *
     * @return a new array, (x, y, z) in C order
     * @throws IllegalStateException where the case has no segmentation
     */
    public byte[] labels() {
        ByteBuffer source = requireLabels();
        byte[] copy = new byte[source.capacity()];
        source.get(0, copy);
        return copy;
    }

    /**
     * Puts classes where they lie in the files' volume, in background.
     *
     * @param classes the class of each voxel of the prepared volume, (x, y, z) in C order
     * @return the class of each voxel of the files' volume, in the same order
     * @throws IllegalArgumentException if there are more or fewer classes than voxels
     */
    public byte[] inVolume(byte[] classes) {
        if (classes.length != box.voxels()) {
            throw new IllegalArgumentException(
                    "classes: expected " + box.voxels() + " voxels, got " + classes.length);
        }
        return resampling.back(box.inVolume(classes, resampling.shape()));
    }

    /**
     * Puts values of the prepared volume where they lie in the files' volume, interpolated linearly
     * where it was resampled.
     *
     * @param channels (channel, x, y, z) of the prepared volume in C order
     * @param around the value of each channel outside the prepared volume
     * @return (channel, x, y, z) of the files' volume in the same order
     * @throws IllegalArgumentException if there are more or fewer values than voxels of the
     *     channels
     */
    public float[] inVolume(float[] channels, float... around) {
        if (channels.length != around.length * box.voxels()) {
            throw new IllegalArgumentException(
                    "channels: expected %d values, got %d"
                            .formatted(around.length * box.voxels(), channels.length));
        }
        int[] shape = resampling.shape();
        int voxels = Extents.voxels(volumeShape);
        float[] result = new float[Math.multiplyExact(around.length, voxels)];
        for (int c = 0; c < around.length; c++) {
            int from = c * box.voxels();
            float[] whole = new float[Extents.voxels(shape)];
            Arrays.fill(whole, around[c]);
            box.forEachRun(
                    shape,
                    (inVolume, inBox) ->
                            System.arraycopy(channels, from + inBox, whole, inVolume, box.sizeZ()));
            System.arraycopy(resampling.inverse().linear(whole), 0, result, c * voxels, voxels);
        }
        return result;
    }

    /**
     * Returns whether the voxels have another spacing than the files'.
     *
     * @return false where they are those of the files, cropped
     */
    public boolean isResampled() {
        return !resampling.isNone();
    }

    /**
     * Returns the spacing of the prepared volume.
     *
     * @return along {x, y, z}, in mm
     */
    public float[] preparedSpacing() {
        return resampling.spacing(spacing);
    }

    private ByteBuffer requireLabels() {
        return labels.orElseThrow(
                () -> new IllegalStateException("case " + name() + " has no segmentation"));
    }

    private static void requireLength(int got, int expected) {
        if (got != expected) {
            throw new IllegalArgumentException(
                    "target: expected " + expected + " values, got " + got);
        }
    }
}
