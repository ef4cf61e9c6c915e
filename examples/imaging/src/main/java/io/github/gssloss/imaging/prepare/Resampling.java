/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.util.Arrays;

/**
 * From a grid to a finer or coarser one that fills the same box, and back. Intensities are
 * interpolated linearly, classes come from the nearest voxel. Immutable.
 */
final class Resampling {

    private final int[] from;
    private final int[] to;

    /**
     * Creates a resampling.
     *
     * @param from {nx, ny, nz} of the volumes as they are stored
     * @param to {nx, ny, nz} of what they become
     */
    Resampling(int[] from, int[] to) {
        this.from = Extents.require("from", from);
        this.to = Extents.require("to", to);
    }

    /** Whether nothing changes. */
    boolean isNone() {
        return Arrays.equals(from, to);
    }

    /** The extent along {x, y, z} of what volumes become. */
    int[] shape() {
        return to.clone();
    }

    /** Interpolates linearly between the centres of voxels; beyond the outermost their value. */
    float[] linear(float[] volume) {
        float[] current = volume;
        int[] shape = from.clone();
        for (int axis = 0; axis < 3; axis++) {
            if (shape[axis] != to[axis]) {
                current = along(axis, current, shape, to[axis]);
                shape[axis] = to[axis];
            }
        }
        return current;
    }

    /**
     * Averages along axes that get coarser: a new voxel is the mean of the old ones in it, each by
     * the part of it that lies there, as a scan with larger voxels would be. Along axes that get
     * finer it interpolates as {@link #linear} does.
     */
    float[] averaged(float[] volume) {
        float[] current = volume;
        int[] shape = from.clone();
        for (int axis = 0; axis < 3; axis++) {
            if (shape[axis] != to[axis]) {
                current =
                        to[axis] < shape[axis]
                                ? means(axis, current, shape, to[axis])
                                : along(axis, current, shape, to[axis]);
                shape[axis] = to[axis];
            }
        }
        return current;
    }

    private static float[] means(int axis, float[] volume, int[] shape, int size) {
        int stride = axis == 2 ? 1 : axis == 1 ? shape[2] : shape[1] * shape[2];
        int old = shape[axis];
        int lines = volume.length / old;
        float[] result = new float[lines * size];
        double edge = (double) old / size;
        for (int i = 0; i < size; i++) {
            double begin = i * edge;
            double end = Math.min(old, begin + edge);
            for (int k = (int) begin; k < end; k++) {
                float share = (float) ((Math.min(end, k + 1) - Math.max(begin, k)) / edge);
                for (int outer = 0; outer < lines / stride; outer++) {
                    int source = (outer * old + k) * stride;
                    int target = (outer * size + i) * stride;
                    for (int inner = 0; inner < stride; inner++) {
                        result[target + inner] += share * volume[source + inner];
                    }
                }
            }
        }
        return result;
    }

    /** The spacing of what volumes become, of that of the volumes as they are stored. */
    float[] spacing(float[] stored) {
        float[] spacing = stored.clone();
        for (int axis = 0; axis < 3; axis++) {
            if (from[axis] != to[axis]) {
                spacing[axis] = stored[axis] * from[axis] / to[axis];
            }
        }
        return spacing;
    }

    /** The way back. */
    Resampling inverse() {
        return new Resampling(to, from);
    }

    private static float[] along(int axis, float[] volume, int[] shape, int size) {
        int stride = axis == 2 ? 1 : axis == 1 ? shape[2] : shape[1] * shape[2];
        int old = shape[axis];
        int lines = volume.length / old;
        float[] result = new float[lines * size];
        for (int i = 0; i < size; i++) {
            double place = Math.max(0, Math.min(old - 1, (i + 0.5) * old / size - 0.5));
            int below = (int) place;
            int above = Math.min(below + 1, old - 1);
            float share = (float) (place - below);
            for (int outer = 0; outer < lines / stride; outer++) {
                int source = outer * old * stride;
                int target = (outer * size + i) * stride;
                for (int inner = 0; inner < stride; inner++) {
                    float low = volume[source + below * stride + inner];
                    float high = volume[source + above * stride + inner];
                    result[target + inner] = low + share * (high - low);
                }
            }
        }
        return result;
    }

    /** Takes the class of the nearest voxel. */
    byte[] nearest(byte[] classes) {
        return nearest(classes, from, to);
    }

    /** Takes classes back to the grid of the files: those of the nearest voxels. */
    byte[] back(byte[] classes) {
        return nearest(classes, to, from);
    }

    private static byte[] nearest(byte[] classes, int[] from, int[] to) {
        if (Arrays.equals(from, to)) {
            return classes;
        }
        int[][] source = new int[3][];
        for (int axis = 0; axis < 3; axis++) {
            source[axis] = new int[to[axis]];
            for (int i = 0; i < to[axis]; i++) {
                // The voxel that holds the centre of the new one.
                source[axis][i] = (int) ((2L * i + 1) * from[axis] / (2L * to[axis]));
            }
        }
        byte[] result = new byte[Extents.voxels(to)];
        int at = 0;
        for (int x : source[0]) {
            for (int y : source[1]) {
                for (int z : source[2]) {
                    result[at++] = classes[(x * from[1] + y) * from[2] + z];
                }
            }
        }
        return result;
    }
}
