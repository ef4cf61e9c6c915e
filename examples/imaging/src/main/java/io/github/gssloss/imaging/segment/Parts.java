/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import java.util.function.IntPredicate;

/** Replaces components of a segmentation by what lies around them. */
final class Parts {

    private Parts() {}

    /**
     * Replaces components: each takes the class that most of the faces around it have, the lower
     * one on a tie, background where it fills the volume.
     *
     * @param found the components
     * @param replaced whether one is replaced, by its number
     * @param classes the class of each voxel, changed in place
     * @param shape {nx, ny, nz}
     * @return how many components were replaced, and how many voxels
     */
    static long[] replace(Components found, IntPredicate replaced, byte[] classes, int[] shape) {
        int[][] faces = new int[found.count() + 1][];
        long components = 0;
        for (int number = 1; number <= found.count(); number++) {
            if (replaced.test(number)) {
                faces[number] = new int[Byte.MAX_VALUE + 1];
                components++;
            }
        }
        if (components == 0) {
            return new long[] {0, 0};
        }
        for (int v = 0; v < classes.length; v++) {
            if (faces[found.at(v)] != null) {
                count(v, found, faces[found.at(v)], classes, shape);
            }
        }
        long voxels = 0;
        byte[] by = new byte[faces.length];
        for (int number = 1; number < faces.length; number++) {
            by[number] = faces[number] == null ? 0 : most(faces[number]);
        }
        for (int v = 0; v < classes.length; v++) {
            if (faces[found.at(v)] != null) {
                classes[v] = by[found.at(v)];
                voxels++;
            }
        }
        return new long[] {components, voxels};
    }

    /** Counts the classes across the faces of a voxel that lead out of its component. */
    private static void count(
            int voxel, Components found, int[] faces, byte[] classes, int[] shape) {
        int[] strides = {shape[1] * shape[2], shape[2], 1};
        for (int axis = 0; axis < 3; axis++) {
            int place = voxel / strides[axis] % shape[axis];
            if (place > 0 && found.at(voxel - strides[axis]) != found.at(voxel)) {
                faces[classes[voxel - strides[axis]]]++;
            }
            if (place < shape[axis] - 1 && found.at(voxel + strides[axis]) != found.at(voxel)) {
                faces[classes[voxel + strides[axis]]]++;
            }
        }
    }

    private static byte most(int[] faces) {
        int best = 0;
        for (int c = 1; c < faces.length; c++) {
            best = faces[c] > faces[best] ? c : best;
        }
        return (byte) best;
    }

    /** Which components, by their numbers, have a voxel at the border of the volume. */
    static boolean[] atBorder(Components found, int[] shape) {
        boolean[] border = new boolean[found.count() + 1];
        int at = 0;
        for (int x = 0; x < shape[0]; x++) {
            for (int y = 0; y < shape[1]; y++) {
                for (int z = 0; z < shape[2]; z++, at++) {
                    border[found.at(at)] |=
                            x == 0
                                    || y == 0
                                    || z == 0
                                    || x == shape[0] - 1
                                    || y == shape[1] - 1
                                    || z == shape[2] - 1;
                }
            }
        }
        return border;
    }
}
