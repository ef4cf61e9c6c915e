/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.util.Arrays;

/**
 * A box of whole voxels in a volume: its first voxel and its size along the axes x, y and z.
 *
 * @param x the first voxel's x
 * @param y the first voxel's y
 * @param z the first voxel's z
 * @param sizeX the number of voxels along x
 * @param sizeY the number of voxels along y
 * @param sizeZ the number of voxels along z
 */
public record BoundingBox(int x, int y, int z, int sizeX, int sizeY, int sizeZ) {

    /**
     * Returns the box of an origin and a size.
     *
     * @param origin the first voxel {x, y, z}
     * @param size the numbers of voxels along {x, y, z}
     * @return the box
     */
    public static BoundingBox of(int[] origin, int[] size) {
        return new BoundingBox(origin[0], origin[1], origin[2], size[0], size[1], size[2]);
    }

    /**
     * Returns the box between two corners.
     *
     * @param first the first voxel {x, y, z}
     * @param last the last voxel {x, y, z}, included
     * @return the box
     */
    public static BoundingBox between(int[] first, int[] last) {
        int[] size = new int[3];
        Arrays.setAll(size, axis -> last[axis] - first[axis] + 1);
        return of(first, size);
    }

    /**
     * Returns this box grown about its centre to at least a size, shifted where it would leave the
     * volume, and never larger than the volume.
     *
     * @param minimum the size to reach along {x, y, z}, where the volume has room for it
     * @param volume the volume's shape {nx, ny, nz}
     * @return a box that contains this one
     */
    public BoundingBox widened(int[] minimum, int[] volume) {
        int[] origin = origin();
        int[] size = size();
        for (int axis = 0; axis < 3; axis++) {
            int wanted = Math.min(volume[axis], Math.max(size[axis], minimum[axis]));
            int first = origin[axis] - (wanted - size[axis]) / 2;
            origin[axis] = Math.max(0, Math.min(first, volume[axis] - wanted));
            size[axis] = wanted;
        }
        return of(origin, size);
    }

    /**
     * Returns the smallest box that holds this box and another.
     *
     * @param other the other box
     * @return a box that contains both
     */
    public BoundingBox union(BoundingBox other) {
        int[] first = {Math.min(x, other.x), Math.min(y, other.y), Math.min(z, other.z)};
        int[] last = {
            Math.max(x + sizeX, other.x + other.sizeX) - 1,
            Math.max(y + sizeY, other.y + other.sizeY) - 1,
            Math.max(z + sizeZ, other.z + other.sizeZ) - 1
        };
        return between(first, last);
    }

    /**
     * Returns whether a box lies within this one.
     *
     * @param other the other box
     * @return whether each of its voxels is also one of this box's
     */
    public boolean contains(BoundingBox other) {
        return union(other).equals(this);
    }

    /**
     * Returns the first voxel.
     *
     * @return {x, y, z}
     */
    public int[] origin() {
        return new int[] {x, y, z};
    }

    /**
     * Returns the extent.
     *
     * @return the numbers of voxels along {x, y, z}
     */
    public int[] size() {
        return new int[] {sizeX, sizeY, sizeZ};
    }

    /**
     * Returns the number of voxels.
     *
     * @return the product of the sizes
     */
    public int voxels() {
        return Extents.voxels(sizeX, sizeY, sizeZ);
    }

    /**
     * Returns the place of a voxel in this box.
     *
     * @param atX the voxel's x in the volume
     * @param atY its y
     * @param atZ its z
     * @return its index in C order; -1 outside the box
     */
    public int index(int atX, int atY, int atZ) {
        int dx = atX - x;
        int dy = atY - y;
        int dz = atZ - z;
        boolean within = dx >= 0 && dy >= 0 && dz >= 0 && dx < sizeX && dy < sizeY && dz < sizeZ;
        return within ? (dx * sizeY + dy) * sizeZ + dz : -1;
    }

    /** Takes a run of voxels along z. */
    @FunctionalInterface
    public interface RunConsumer {

        /**
         * Takes a run.
         *
         * @param inVolume where it begins in the volume
         * @param inBox where it begins in the box
         */
        void accept(int inVolume, int inBox);
    }

    /**
     * Cuts this box out of images.
     *
     * @param images (channel, x, y, z) in C order
     * @param volume the volume's shape {nx, ny, nz}
     * @return the box of every channel, (channel, x, y, z) in C order
     */
    public float[] cut(float[] images, int[] volume) {
        int length = Extents.voxels(volume);
        int channels = images.length / length;
        float[] cut = new float[channels * voxels()];
        for (int c = 0; c < channels; c++) {
            int from = c * length;
            int to = c * voxels();
            forEachRun(
                    volume,
                    (inVolume, inBox) ->
                            System.arraycopy(images, from + inVolume, cut, to + inBox, sizeZ));
        }
        return cut;
    }

    /**
     * Cuts this box out of a class map.
     *
     * @param classes (x, y, z) in C order
     * @param volume the volume's shape {nx, ny, nz}
     * @return the box, (x, y, z) in C order
     */
    public byte[] cut(byte[] classes, int[] volume) {
        byte[] cut = new byte[voxels()];
        forEachRun(
                volume,
                (inVolume, inBox) -> System.arraycopy(classes, inVolume, cut, inBox, sizeZ));
        return cut;
    }

    /**
     * Puts a class map where this box lies in a volume of class 0.
     *
     * @param classes (x, y, z) of the box in C order
     * @param volume the volume's shape {nx, ny, nz}
     * @return (x, y, z) of the volume in C order
     */
    public byte[] inVolume(byte[] classes, int[] volume) {
        byte[] whole = new byte[Extents.voxels(volume)];
        forEachRun(
                volume,
                (inVolume, inBox) -> System.arraycopy(classes, inBox, whole, inVolume, sizeZ));
        return whole;
    }

    /**
     * Visits the runs of this box along z, {@link #sizeZ} voxels each, in C order.
     *
     * @param volume the volume's shape {nx, ny, nz}
     * @param run takes each
     */
    public void forEachRun(int[] volume, RunConsumer run) {
        for (int dx = 0, inBox = 0; dx < sizeX; dx++) {
            for (int dy = 0; dy < sizeY; dy++, inBox += sizeZ) {
                run.accept(((x + dx) * volume[1] + y + dy) * volume[2] + z, inBox);
            }
        }
    }

    /** Throws unless this box has a positive size and lies within a volume. */
    void requireWithin(int[] volume) {
        int[] origin = origin();
        int[] size = size();
        for (int axis = 0; axis < 3; axis++) {
            if (origin[axis] < 0
                    || size[axis] < 1
                    || (long) origin[axis] + size[axis] > volume[axis]) {
                throw new IllegalArgumentException(
                        "box: expected one within %s, got %s at (%s, %s, %s)"
                                .formatted(Extents.text(volume), Extents.text(size), x, y, z));
            }
        }
    }
}
