/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The planes in which radiologists look at a volume: the patient's right on the left, the front or
 * the head up, the front of sagittal slices on the left.
 */
enum Plane {
    AXIAL('L', 'P'),
    CORONAL('L', 'I'),
    SAGITTAL('P', 'I');

    private final char right;
    private final char down;

    Plane(char right, char down) {
        this.right = right;
        this.down = down;
    }

    /** The side of the patient at the right edge of a picture. */
    char right() {
        return right;
    }

    /** The side of the patient at the lower edge. */
    char down() {
        return down;
    }

    /** The axis of a grid along which slices lie behind each other: the third of 0, 1 and 2. */
    int across(PictureGrid grid) {
        return 3 - grid.axis(right) - grid.axis(down);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds the slice with most voxels of some classes.
     *
     * @param grid the grid
     * @param classes the class of each voxel
     * @param wanted whether a class counts, by its number
     * @return the first such slice, from 0; empty where there is no such voxel
     */
    OptionalInt most(PictureGrid grid, byte[] classes, boolean... wanted) {
        int axis = across(grid);
        int below = 1;
        for (int inner = axis + 1; inner < 3; inner++) {
            below *= grid.extent(inner);
        }
        int[] voxels = new int[grid.extent(axis)];
        for (int v = 0; v < classes.length; v++) {
            // Below 0: nobody labelled it.
            if (classes[v] > 0 && wanted[classes[v]]) {
                voxels[v / below % voxels.length]++;
            }
        }
        int best = 0;
        for (int slice = 1; slice < voxels.length; slice++) {
            best = voxels[slice] > voxels[best] ? slice : best;
        }
        return voxels[best] > 0 ? OptionalInt.of(best) : OptionalInt.empty();
    }
}
