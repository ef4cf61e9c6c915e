/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

/**
 * From the voxels of one grid to those of another that lies anywhere else in the same world: both
 * affines say where. A voxel of the new grid that the old one does not reach is 0. Nothing is
 * registered: what the affines say is taken. Immutable.
 */
public final class AffineSampling {

    /** A voxel reaches half its edge beyond its centre; a little more is rounding. */
    private static final double HALF = 0.5 + 1e-6;

    private final int[] from;
    private final int[] to;
    private final double[][] places;

    private AffineSampling(int[] from, int[] to, double[][] places) {
        this.from = from;
        this.to = to;
        this.places = places;
    }

    /** Reads a value of the old grid. */
    private interface Value {
        float at(double x, double y, double z);
    }

    /**
     * Returns the way from one grid to another.
     *
     * @param from the grid of the volumes
     * @param to the grid to bring them to
     * @return the sampling
     */
    public static AffineSampling between(Geometry from, Geometry to) {
        double[][] places = Affine.product(Affine.inverse(from.affine()), to.affine());
        return new AffineSampling(from.size(), to.size(), places);
    }

    /**
     * Returns how much of the new grid the old one reaches.
     *
     * @return the share of its voxels, from 0 to 1
     */
    public double reached() {
        float[] reached = each((x, y, z) -> 1);
        double sum = 0;
        for (float one : reached) {
            sum += one;
        }
        return sum / reached.length;
    }

    /**
     * Interpolates linearly between the eight voxels around a place; within the outermost half
     * voxel the nearest value holds.
     *
     * @param volume one value a voxel of the old grid, (x, y, z) in C order
     * @return one value a voxel of the new grid, in the same order
     * @throws IllegalArgumentException if there are not as many values as voxels
     */
    public float[] linear(float[] volume) {
        requireLength(volume.length);
        return each(
                (x, y, z) -> {
                    double cx = Math.max(0, Math.min(from[0] - 1, x));
                    double cy = Math.max(0, Math.min(from[1] - 1, y));
                    double cz = Math.max(0, Math.min(from[2] - 1, z));
                    int x0 = (int) cx;
                    int y0 = (int) cy;
                    int z0 = (int) cz;
                    int stepX = x0 + 1 < from[0] ? from[1] * from[2] : 0;
                    int stepY = y0 + 1 < from[1] ? from[2] : 0;
                    int stepZ = z0 + 1 < from[2] ? 1 : 0;
                    int at = (x0 * from[1] + y0) * from[2] + z0;
                    double below = plane(volume, at, stepY, stepZ, cy - y0, cz - z0);
                    double above = plane(volume, at + stepX, stepY, stepZ, cy - y0, cz - z0);
                    return (float) (below + (cx - x0) * (above - below));
                });
    }

    /** Interpolates in a plane of constant x. */
    private static double plane(
            float[] volume, int at, int stepY, int stepZ, double shareY, double shareZ) {
        double low = volume[at] + shareZ * (volume[at + stepZ] - volume[at]);
        int next = at + stepY;
        double high = volume[next] + shareZ * (volume[next + stepZ] - volume[next]);
        return low + shareY * (high - low);
    }

    /**
     * Takes the value of the nearest voxel.
     *
     * @param volume one value a voxel of the old grid, (x, y, z) in C order
     * @return one value a voxel of the new grid, in the same order
     * @throws IllegalArgumentException if there are not as many values as voxels
     */
    public float[] nearest(float[] volume) {
        requireLength(volume.length);
        return each(
                (x, y, z) -> {
                    int nearX = (int) Math.max(0, Math.min(from[0] - 1, Math.round(x)));
                    int nearY = (int) Math.max(0, Math.min(from[1] - 1, Math.round(y)));
                    int nearZ = (int) Math.max(0, Math.min(from[2] - 1, Math.round(z)));
                    return volume[(nearX * from[1] + nearY) * from[2] + nearZ];
                });
    }

    private void requireLength(int length) {
        int voxels = from[0] * from[1] * from[2];
        if (length != voxels) {
            throw new IllegalArgumentException(
                    "voxels: expected %d for %d x %d x %d, got %d"
                            .formatted(voxels, from[0], from[1], from[2], length));
        }
    }

    private float[] each(Value value) {
        float[] result = new float[to[0] * to[1] * to[2]];
        int at = 0;
        for (int i = 0; i < to[0]; i++) {
            for (int j = 0; j < to[1]; j++) {
                for (int k = 0; k < to[2]; k++, at++) {
                    double x = place(0, i, j, k);
                    double y = place(1, i, j, k);
                    double z = place(2, i, j, k);
                    if (within(x, 0) && within(y, 1) && within(z, 2)) {
                        result[at] = value.at(x, y, z);
                    }
                }
            }
        }
        return result;
    }

    private double place(int axis, int i, int j, int k) {
        double[] row = places[axis];
        return row[0] * i + row[1] * j + row[2] * k + row[3];
    }

    private boolean within(double place, int axis) {
        return place >= -HALF && place <= from[axis] - 1 + HALF;
    }
}
