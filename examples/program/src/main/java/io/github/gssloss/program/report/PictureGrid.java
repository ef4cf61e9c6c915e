/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

/** The grid of the voxels that a picture shows: extent, size and where the axes lead. */
public final class PictureGrid {

    private static final String OPPOSITES = "LRPASI";

    private final int[] shape;
    private final float[] spacing;
    private final String orientation;
    private final int[] low;
    private final int[] high;

    private PictureGrid(int[] shape, float[] spacing, String orientation, int[] low, int[] high) {
        this.shape = shape;
        this.spacing = spacing;
        this.orientation = orientation;
        this.low = low;
        this.high = high;
    }

    /**
     * Describes a grid of which all is shown.
     *
     * @param shape the extent along x, y and z
     * @param spacing of the voxels along x, y and z, in mm
     * @param orientation where the axes lead, such as {@code LPS}
     */
    public PictureGrid(int[] shape, float[] spacing, String orientation) {
        this(shape.clone(), spacing.clone(), orientation, new int[3], shape.clone());
    }

    /** The same grid, of which the box is shown where an image is not as in its first voxel. */
    PictureGrid within(float... image) {
        int[] from = shape.clone();
        int[] to = new int[3];
        for (int v = 0; v < image.length; v++) {
            if (image[v] != image[0]) {
                int[] at = {v / (shape[1] * shape[2]), v / shape[2] % shape[1], v % shape[2]};
                for (int axis = 0; axis < 3; axis++) {
                    from[axis] = Math.min(from[axis], at[axis]);
                    to[axis] = Math.max(to[axis], at[axis] + 1);
                }
            }
        }
        return to[0] == 0 ? this : new PictureGrid(shape, spacing, orientation, from, to);
    }

    /** The axis that leads to a side of the patient or away from it. */
    int axis(char side) {
        int place = OPPOSITES.indexOf(side) / 2;
        for (int axis = 0; axis < 3; axis++) {
            if (OPPOSITES.indexOf(orientation.charAt(axis)) / 2 == place) {
                return axis;
            }
        }
        throw new IllegalArgumentException("orientation: expected LPS or such, got " + orientation);
    }

    /** Whether the axis of a side leads to it. */
    boolean leadsTo(char side) {
        return orientation.charAt(axis(side)) == side;
    }

    /** The other side of the patient. */
    static char opposite(char side) {
        return OPPOSITES.charAt(OPPOSITES.indexOf(side) ^ 1);
    }

    /** The extent of what is shown along an axis. */
    int shown(int axis) {
        return high[axis] - low[axis];
    }

    /** Where what is shown begins along an axis. */
    int low(int axis) {
        return low[axis];
    }

    /** The extent of the whole grid along an axis. */
    int extent(int axis) {
        return shape[axis];
    }

    /** The extent of what is shown along an axis, in mm. */
    double millimetres(int axis) {
        return (double) shown(axis) * spacing[axis];
    }

    /** The place of a voxel in an array in C order. */
    int place(int[] at) {
        return (at[0] * shape[1] + at[1]) * shape[2] + at[2];
    }

    /** The number of voxels of the whole grid. */
    int voxels() {
        return Math.multiplyExact(Math.multiplyExact(shape[0], shape[1]), shape[2]);
    }
}
