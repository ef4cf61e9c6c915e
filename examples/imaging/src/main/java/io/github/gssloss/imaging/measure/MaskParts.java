/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.segment.Components;
import java.util.BitSet;

/**
 * The connected components of a mask, numbered from 1, where voxels that share a face, an edge or a
 * corner are connected (26 neighbours).
 */
final class MaskParts {

    private final int[] volume;
    private final BoundingBox box;
    private final Components found;

    /** The box of each part, whose number is its index. */
    private final BoundingBox[] boxes;

    /** Finds the components. */
    MaskParts(Mask mask) {
        volume = mask.volume();
        box = mask.box();
        found = Components.of(mask::at, box.size(), Components.Neighbourhood.CORNERS);
        boxes = boxes();
    }

    private BoundingBox[] boxes() {
        int[][] low = new int[count() + 1][];
        int[][] high = new int[count() + 1][];
        for (int x = box.x(), v = 0; x < box.x() + box.sizeX(); x++) {
            for (int y = box.y(); y < box.y() + box.sizeY(); y++) {
                for (int z = box.z(); z < box.z() + box.sizeZ(); z++, v++) {
                    int part = at(v);
                    if (part == 0) {
                        continue;
                    }
                    if (low[part] == null) {
                        low[part] = new int[] {x, y, z};
                        high[part] = new int[] {x, y, z};
                    }
                    low[part][1] = Math.min(low[part][1], y);
                    low[part][2] = Math.min(low[part][2], z);
                    high[part][0] = x;
                    high[part][1] = Math.max(high[part][1], y);
                    high[part][2] = Math.max(high[part][2], z);
                }
            }
        }
        BoundingBox[] found = new BoundingBox[count() + 1];
        for (int part = 1; part < found.length; part++) {
            found[part] = BoundingBox.between(low[part], high[part]);
        }
        return found;
    }

    /** The number of parts. */
    int count() {
        return found.count();
    }

    BoundingBox box() {
        return box;
    }

    /** The part of the i-th voxel of the box, 0 outside the mask. */
    int at(int i) {
        return found.at(i);
    }

    /** The part of a voxel of the volume, 0 outside the mask. */
    int at(int x, int y, int z) {
        int i = box.index(x, y, z);
        return i < 0 ? 0 : at(i);
    }

    /**
     * Returns some parts as one mask.
     *
     * @param parts their numbers, at least one
     */
    Mask mask(BitSet parts) {
        BoundingBox around =
                parts.stream()
                        .mapToObj(part -> boxes[part])
                        .reduce(BoundingBox::union)
                        .orElseThrow();
        boolean[] voxels = new boolean[around.voxels()];
        for (int x = 0, v = 0; x < around.sizeX(); x++) {
            for (int y = 0; y < around.sizeY(); y++) {
                for (int z = 0; z < around.sizeZ(); z++, v++) {
                    int part = at(around.x() + x, around.y() + y, around.z() + z);
                    voxels[v] = part != 0 && parts.get(part);
                }
            }
        }
        return Mask.within(volume, around, voxels);
    }
}
