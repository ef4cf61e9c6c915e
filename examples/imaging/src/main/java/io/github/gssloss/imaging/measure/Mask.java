/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import java.util.Arrays;

/**
 * A set of voxels of a volume, kept within a box that holds it.
 *
 * <p>Shape {nx, ny, nz} of the volume, z running fastest.
 */
final class Mask {

    private final int[] volume;
    private final BoundingBox box;
    private final boolean[] voxels;
    private final long count;

    /** Takes the arrays as they are; an empty mask has a box of one voxel. */
    private Mask(int[] volume, BoundingBox box, boolean[] voxels) {
        this.volume = volume;
        this.box = box;
        this.voxels = voxels;
        long set = 0;
        for (boolean voxel : voxels) {
            set += voxel ? 1 : 0;
        }
        this.count = set;
    }

    /**
     * Finds the voxels of a region.
     *
     * @param classes the class of each voxel of the volume
     * @param volume the volume's shape
     * @param inside whether a class belongs to the region
     */
    static Mask of(byte[] classes, int[] volume, boolean[] inside) {
        int[] low = volume.clone();
        int[] high = {-1, -1, -1};
        for (int x = 0, v = 0; x < volume[0]; x++) {
            for (int y = 0; y < volume[1]; y++) {
                for (int z = 0; z < volume[2]; z++, v++) {
                    if (inside[classes[v]]) {
                        low[0] = Math.min(low[0], x);
                        low[1] = Math.min(low[1], y);
                        low[2] = Math.min(low[2], z);
                        high[0] = x;
                        high[1] = Math.max(high[1], y);
                        high[2] = Math.max(high[2], z);
                    }
                }
            }
        }
        if (high[0] < 0) {
            return new Mask(volume.clone(), new BoundingBox(0, 0, 0, 1, 1, 1), new boolean[1]);
        }
        BoundingBox box = BoundingBox.between(low, high);
        boolean[] voxels = new boolean[box.voxels()];
        box.forEachRun(
                volume,
                (from, to) -> {
                    for (int i = 0; i < box.sizeZ(); i++) {
                        voxels[to + i] = inside[classes[from + i]];
                    }
                });
        return new Mask(volume.clone(), box, voxels);
    }

    /**
     * Makes a mask of a part of the volume.
     *
     * @param volume the volume's shape
     * @param box a box within the volume
     * @param voxels the voxels of the box; not copied
     */
    static Mask within(int[] volume, BoundingBox box, boolean[] voxels) {
        return new Mask(volume.clone(), box, voxels);
    }

    /** The volume's shape; not a copy. */
    int[] volume() {
        return volume;
    }

    BoundingBox box() {
        return box;
    }

    /** The number of voxels. */
    long count() {
        return count;
    }

    /** Whether a voxel belongs to the mask; none outside the volume does. */
    boolean at(int x, int y, int z) {
        int i = box.index(x, y, z);
        return i >= 0 && voxels[i];
    }

    /** Whether the i-th voxel of the box belongs to the mask, z running fastest. */
    boolean at(int i) {
        return voxels[i];
    }

    /** The voxels that both masks have. */
    Mask and(Mask other) {
        boolean[] both = new boolean[voxels.length];
        for (int x = 0, v = 0; x < box.sizeX(); x++) {
            for (int y = 0; y < box.sizeY(); y++) {
                for (int z = 0; z < box.sizeZ(); z++, v++) {
                    both[v] = voxels[v] && other.at(box.x() + x, box.y() + y, box.z() + z);
                }
            }
        }
        return new Mask(volume, box, both);
    }

    /**
     * Grows the mask by the 18 neighbours of each voxel (those that share a face or an edge), again
     * and again; what would leave the volume is cut off.
     *
     * @param times how often, at least 0
     */
    Mask dilated(int times) {
        if (times == 0 || count == 0) {
            return this;
        }
        int[] low = new int[3];
        int[] high = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int first = box.origin()[axis];
            int last = first + box.size()[axis] - 1;
            low[axis] = Math.max(0, first - times);
            high[axis] = Math.min(volume[axis] - 1, last + times);
        }
        BoundingBox grown = BoundingBox.between(low, high);
        boolean[] now = new boolean[grown.voxels()];
        for (int x = 0, v = 0; x < box.sizeX(); x++) {
            for (int y = 0; y < box.sizeY(); y++, v += box.sizeZ()) {
                int row = (box.x() + x - grown.x()) * grown.sizeY() + box.y() + y - grown.y();
                System.arraycopy(
                        voxels, v, now, row * grown.sizeZ() + box.z() - grown.z(), box.sizeZ());
            }
        }
        for (int i = 0; i < times; i++) {
            now = grown(now, grown.size());
        }
        return new Mask(volume, grown, now);
    }

    private static boolean[] grown(boolean[] from, int[] size) {
        boolean[] to = Arrays.copyOf(from, from.length);
        for (int x = 0, v = 0; x < size[0]; x++) {
            for (int y = 0; y < size[1]; y++) {
                for (int z = 0; z < size[2]; z++, v++) {
                    if (from[v]) {
                        spread(to, size, x, y, z);
                    }
                }
            }
        }
        return to;
    }

    private static void spread(boolean[] to, int[] size, int x, int y, int z) {
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dz = -1; dz <= 1; dz++) {
                    boolean corner = dx != 0 && dy != 0 && dz != 0;
                    boolean there =
                            x + dx >= 0
                                    && x + dx < size[0]
                                    && y + dy >= 0
                                    && y + dy < size[1]
                                    && z + dz >= 0
                                    && z + dz < size[2];
                    if (there && !corner) {
                        to[((x + dx) * size[1] + y + dy) * size[2] + z + dz] = true;
                    }
                }
            }
        }
    }
}
