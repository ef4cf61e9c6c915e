/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.util.Optional;

/**
 * The same voxels with their axes exchanged and turned round: one of the 48 ways to lay a box along
 * the axes. No value is changed. Immutable.
 */
public final class Reorientation {

    /** The size before. */
    private final int[] size;

    /** For each axis afterwards, the axis before. */
    private final int[] source;

    /** For each axis afterwards, whether it runs the other way. */
    private final boolean[] turned;

    Reorientation(int[] size, int[] source, boolean[] turned) {
        this.size = size.clone();
        this.source = source.clone();
        this.turned = turned.clone();
    }

    /**
     * Finds how to lay a volume onto another grid.
     *
     * @param from the geometry of the volume
     * @param to the other grid
     * @return the way; empty where the grids differ by more than the order and direction of their
     *     axes, see {@link Geometry#matches}
     */
    public static Optional<Reorientation> between(Geometry from, Geometry to) {
        double[][] steps = Affine.product(Affine.inverse(to.affine()), from.affine());
        int[] source = new int[3];
        boolean[] turned = new boolean[3];
        boolean[] used = new boolean[3];
        for (int axis = 0; axis < 3; axis++) {
            for (int before = 0; before < 3; before++) {
                if (Math.abs(steps[axis][before]) > Math.abs(steps[axis][source[axis]])) {
                    source[axis] = before;
                }
            }
            if (used[source[axis]]) {
                return Optional.empty();
            }
            used[source[axis]] = true;
            turned[axis] = steps[axis][source[axis]] < 0;
        }
        Reorientation way = new Reorientation(from.size(), source, turned);
        return to.matches(way.apply(from)) ? Optional.of(way) : Optional.empty();
    }

    /**
     * Returns the way back.
     *
     * @return what undoes this
     */
    public Reorientation inverse() {
        int[] back = new int[3];
        boolean[] turnedBack = new boolean[3];
        for (int axis = 0; axis < 3; axis++) {
            back[source[axis]] = axis;
            turnedBack[source[axis]] = turned[axis];
        }
        return new Reorientation(sizeAfter(), back, turnedBack);
    }

    /** The size afterwards. */
    private int[] sizeAfter() {
        return new int[] {size[source[0]], size[source[1]], size[source[2]]};
    }

    /** The geometry of the voxels afterwards. */
    Geometry apply(Geometry before) {
        double[][] from = before.affine();
        double[][] to = new double[4][4];
        to[3][3] = 1;
        for (int row = 0; row < 3; row++) {
            to[row][3] = from[row][3];
            for (int axis = 0; axis < 3; axis++) {
                double step = from[row][source[axis]];
                to[row][axis] = turned[axis] ? -step : step;
                to[row][3] += turned[axis] ? step * (size[source[axis]] - 1) : 0;
            }
        }
        return Geometry.of(sizeAfter(), to);
    }

    /**
     * Lays voxels out anew.
     *
     * @param before one value a voxel, (x, y, z) in C order
     * @return the values afterwards in C order; the array itself where nothing changes
     * @throws IllegalArgumentException if there are not as many values as voxels
     */
    public float[] apply(float[] before) {
        requireLength(before.length);
        if (isIdentity()) {
            return before;
        }
        float[] after = new float[before.length];
        forEach((to, from) -> after[to] = before[from]);
        return after;
    }

    /**
     * Lays labels out anew.
     *
     * @param before one label a voxel, (x, y, z) in C order
     * @return the labels afterwards in C order; the array itself where nothing changes
     * @throws IllegalArgumentException if there are not as many labels as voxels
     */
    public byte[] apply(byte[] before) {
        requireLength(before.length);
        if (isIdentity()) {
            return before;
        }
        byte[] after = new byte[before.length];
        forEach((to, from) -> after[to] = before[from]);
        return after;
    }

    private boolean isIdentity() {
        for (int axis = 0; axis < 3; axis++) {
            if (source[axis] != axis || turned[axis]) {
                return false;
            }
        }
        return true;
    }

    private void requireLength(int length) {
        int voxels = size[0] * size[1] * size[2];
        if (length != voxels) {
            throw new IllegalArgumentException(
                    "voxels: expected %d for %d x %d x %d, got %d"
                            .formatted(voxels, size[0], size[1], size[2], length));
        }
    }

    private interface Pair {
        void accept(int to, int from);
    }

    private void forEach(Pair pair) {
        int[] strides = {size[1] * size[2], size[2], 1};
        int[] after = sizeAfter();
        int[] step = new int[3];
        int start = 0;
        for (int axis = 0; axis < 3; axis++) {
            int stride = strides[source[axis]];
            step[axis] = turned[axis] ? -stride : stride;
            start += turned[axis] ? stride * (after[axis] - 1) : 0;
        }
        int to = 0;
        for (int x = 0; x < after[0]; x++) {
            for (int y = 0; y < after[1]; y++) {
                int from = start + x * step[0] + y * step[1];
                for (int z = 0; z < after[2]; z++, from += step[2]) {
                    pair.accept(to++, from);
                }
            }
        }
    }
}
