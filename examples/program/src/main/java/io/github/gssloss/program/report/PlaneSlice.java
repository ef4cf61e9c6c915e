/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

/**
 * A slice of a volume as a picture shows it, row by row.
 *
 * @param grid the grid
 * @param plane the plane
 * @param index which slice, from 0 in the order of the grid
 */
record PlaneSlice(PictureGrid grid, Plane plane, int index) {

    /** Pixels of the longest side of what is shown of the grid. */
    private static final int LONGEST = 290;

    int width() {
        return grid.shown(grid.axis(plane.right()));
    }

    int height() {
        return grid.shown(grid.axis(plane.down()));
    }

    /** Draws the slice so large that voxels are as large as their millimetres. */
    SlicePainter painter() {
        double longest =
                Math.max(grid.millimetres(0), Math.max(grid.millimetres(1), grid.millimetres(2)));
        double pixelsPerMillimetre = LONGEST / longest;
        double across = grid.millimetres(grid.axis(plane.right()));
        double down = grid.millimetres(grid.axis(plane.down()));
        return new SlicePainter(
                width(),
                height(),
                (int) Math.max(1, Math.round(across * pixelsPerMillimetre)),
                (int) Math.max(1, Math.round(down * pixelsPerMillimetre)));
    }

    /** The sides of the patient at the left and the right edge. */
    String sides() {
        return "" + PictureGrid.opposite(plane.right()) + plane.right();
    }

    /** For example {@code axial 80 of 155}. */
    String words() {
        return "%s %d of %d".formatted(plane.word(), index + 1, grid.extent(plane.across(grid)));
    }

    float[] of(float... values) {
        float[] slice = new float[width() * height()];
        for (int pixel = 0; pixel < slice.length; pixel++) {
            slice[pixel] = values[voxel(pixel)];
        }
        return slice;
    }

    byte[] of(byte... values) {
        byte[] slice = new byte[width() * height()];
        for (int pixel = 0; pixel < slice.length; pixel++) {
            slice[pixel] = values[voxel(pixel)];
        }
        return slice;
    }

    private int voxel(int pixel) {
        int[] at = new int[3];
        at[plane.across(grid)] = index;
        put(at, plane.right(), pixel % width());
        put(at, plane.down(), pixel / width());
        return grid.place(at);
    }

    private void put(int[] at, char side, int step) {
        int axis = grid.axis(side);
        at[axis] = grid.low(axis) + (grid.leadsTo(side) ? step : grid.shown(axis) - 1 - step);
    }
}
