/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.util.Arrays;

/**
 * Background around a volume that is smaller than a network's window along an axis. Of the planes
 * that are missing, half lie before the volume and half behind it, where an odd one comes too, as
 * in nnU-Net. Immutable.
 */
public final class Padding {

    private final int[] shape;
    private final BoundingBox inside;

    private Padding(int[] shape, BoundingBox inside) {
        this.shape = shape;
        this.inside = inside;
    }

    /**
     * Returns what a volume lacks.
     *
     * @param volume the volume's extent along {x, y, z}
     * @param least the extent to reach along {x, y, z}
     * @return the padding; empty where the volume is large enough
     */
    public static Padding to(int[] volume, int[] least) {
        int[] shape = new int[3];
        int[] origin = new int[3];
        Arrays.setAll(shape, axis -> Math.max(volume[axis], least[axis]));
        Arrays.setAll(origin, axis -> (shape[axis] - volume[axis]) / 2);
        return new Padding(shape, BoundingBox.of(origin, volume));
    }

    /**
     * Returns whether nothing is missing.
     *
     * @return whether the volume is large enough as it is
     */
    public boolean isEmpty() {
        return Arrays.equals(shape, inside.size());
    }

    /**
     * Returns the extent of the padded volume.
     *
     * @return along {x, y, z}
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * Returns where the volume lies in the padded one.
     *
     * @return its first voxel and its extent
     */
    public BoundingBox inside() {
        return inside;
    }

    /**
     * Returns what of the volume lies in a part of the padded volume.
     *
     * @param part a box of the padded volume that holds voxels of the volume
     * @return these voxels, a box of the volume
     */
    public BoundingBox common(BoundingBox part) {
        return common(part, inside.origin());
    }

    /**
     * Returns what of a part of the padded volume is padding.
     *
     * @param part a box of the padded volume that holds voxels of the volume
     * @return the padding around {@link #common(BoundingBox)} that makes it this part
     */
    public Padding around(BoundingBox part) {
        return new Padding(part.size(), common(part, part.origin()));
    }

    /** The voxels of the volume in a part, counted from a voxel of the padded volume. */
    private BoundingBox common(BoundingBox part, int[] from) {
        int[] first = new int[3];
        int[] last = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int one = part.origin()[axis];
            int other = inside.origin()[axis];
            first[axis] = Math.max(one, other) - from[axis];
            last[axis] =
                    Math.min(one + part.size()[axis], other + inside.size()[axis]) - 1 - from[axis];
        }
        return BoundingBox.between(first, last);
    }

    /**
     * Returns the value of the background of each image: the most frequent one, the lowest on a
     * tie. An image that is 0 throughout has 0.
     *
     * @param images (channel, x, y, z) in C order, finite
     * @return a value for each channel
     */
    public float[] background(float[] images) {
        int voxels = inside.voxels();
        float[] background = new float[images.length / voxels];
        for (int c = 0; c < background.length; c++) {
            float[] sorted = Arrays.copyOfRange(images, c * voxels, (c + 1) * voxels);
            Arrays.sort(sorted);
            int longest = 0;
            for (int i = 0, begin = 0; i < voxels; i++) {
                begin = sorted[i] == sorted[begin] ? begin : i;
                if (i - begin + 1 > longest) {
                    longest = i - begin + 1;
                    background[c] = sorted[i];
                }
            }
        }
        return background;
    }

    /**
     * Pads images.
     *
     * @param images (channel, x, y, z) of the volume in C order
     * @param background the value around each channel
     * @return (channel, x, y, z) of the padded volume
     */
    public float[] pad(float[] images, float... background) {
        int padded = Extents.voxels(shape);
        float[] all = new float[background.length * padded];
        for (int c = 0; c < background.length; c++) {
            int from = c * inside.voxels();
            int to = c * padded;
            Arrays.fill(all, to, to + padded, background[c]);
            inside.forEachRun(
                    shape,
                    (inPadded, inVolume) ->
                            System.arraycopy(
                                    images, from + inVolume, all, to + inPadded, inside.sizeZ()));
        }
        return all;
    }

    /**
     * Pads a class map with class 0.
     *
     * @param classes (x, y, z) of the volume in C order
     * @return (x, y, z) of the padded volume
     */
    public byte[] pad(byte[] classes) {
        return inside.inVolume(classes, shape);
    }

    /**
     * Takes the padding away from a class map.
     *
     * @param classes (x, y, z) of the padded volume in C order
     * @return (x, y, z) of the volume
     */
    public byte[] cut(byte[] classes) {
        return inside.cut(classes, shape);
    }
}
