/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.segment.Components;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The parts of a mask, numbered from 1: by default its connected components, where voxels that
 * share a face, an edge or a corner are connected (26 neighbours).
 */
final class MaskParts {

    private final int[] volume;
    private final BoundingBox box;

    /** The part of each voxel of the box, 0 outside the mask. */
    private final int[] labels;

    private final int count;

    private MaskParts(int[] volume, BoundingBox box, int[] labels, int count) {
        this.volume = volume;
        this.box = box;
        this.labels = labels;
        this.count = count;
    }

    /** Finds the connected components. */
    static MaskParts of(Mask mask) {
        BoundingBox box = mask.box();
        int[] sizes = {box.sizeX(), box.sizeY(), box.sizeZ()};
        Components found = Components.of(mask::at, sizes, Components.Neighbourhood.CORNERS);
        int[] labels = new int[box.voxels()];
        Arrays.setAll(labels, found::at);
        return new MaskParts(mask.volume(), box, labels, found.count());
    }

    /** The same numbers for the voxels of a mask, each of which lies in one of these parts. */
    MaskParts ofPart(Mask part) {
        BoundingBox inner = part.box();
        int[] numbers = new int[inner.voxels()];
        for (int x = 0, v = 0; x < inner.sizeX(); x++) {
            for (int y = 0; y < inner.sizeY(); y++) {
                for (int z = 0; z < inner.sizeZ(); z++, v++) {
                    if (part.at(v)) {
                        numbers[v] = at(inner.x() + x, inner.y() + y, inner.z() + z);
                    }
                }
            }
        }
        return new MaskParts(volume, inner, numbers, count);
    }

    /** The number of parts. */
    int count() {
        return count;
    }

    BoundingBox box() {
        return box;
    }

    /** The part of the i-th voxel of the box, 0 outside the mask. */
    int at(int i) {
        return labels[i];
    }

    /** The part of a voxel of the volume, 0 outside the mask. */
    int at(int x, int y, int z) {
        int dx = x - box.x();
        int dy = y - box.y();
        int dz = z - box.z();
        boolean there =
                dx >= 0
                        && dy >= 0
                        && dz >= 0
                        && dx < box.sizeX()
                        && dy < box.sizeY()
                        && dz < box.sizeZ();
        return there ? labels[(dx * box.sizeY() + dy) * box.sizeZ() + dz] : 0;
    }

    /**
     * The boxes of the parts.
     *
     * @return for each part, from 1, its first and last voxel {x, y, z, x, y, z}
     */
    int[][] corners() {
        int[][] corners = new int[count + 1][];
        for (int x = 0, v = 0; x < box.sizeX(); x++) {
            for (int y = 0; y < box.sizeY(); y++) {
                for (int z = 0; z < box.sizeZ(); z++, v++) {
                    int label = labels[v];
                    if (label == 0) {
                        continue;
                    }
                    int ax = box.x() + x;
                    int ay = box.y() + y;
                    int az = box.z() + z;
                    if (corners[label] == null) {
                        corners[label] = new int[] {ax, ay, az, ax, ay, az};
                    }
                    int[] one = corners[label];
                    one[1] = Math.min(one[1], ay);
                    one[2] = Math.min(one[2], az);
                    one[3] = ax;
                    one[4] = Math.max(one[4], ay);
                    one[5] = Math.max(one[5], az);
                }
            }
        }
        return corners;
    }

    /**
     * Returns some parts as one mask.
     *
     * @param parts their numbers, at least one
     * @param corners what {@link #corners} returned
     */
    Mask mask(BitSet parts, int[][] corners) {
        int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] high = {-1, -1, -1};
        for (int part = parts.nextSetBit(0); part >= 0; part = parts.nextSetBit(part + 1)) {
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], corners[part][axis]);
                high[axis] = Math.max(high[axis], corners[part][axis + 3]);
            }
        }
        BoundingBox around = BoundingBox.between(low, high);
        boolean[] voxels = new boolean[around.voxels()];
        for (int x = 0, v = 0; x < around.sizeX(); x++) {
            for (int y = 0; y < around.sizeY(); y++) {
                for (int z = 0; z < around.sizeZ(); z++, v++) {
                    int label = at(around.x() + x, around.y() + y, around.z() + z);
                    voxels[v] = label != 0 && parts.get(label);
                }
            }
        }
        return Mask.within(volume, around, voxels);
    }
}
