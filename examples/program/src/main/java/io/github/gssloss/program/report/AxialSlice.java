/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import io.github.gssloss.imaging.dataset.DataDescription;

/**
 * A slice at one z as a picture shows it: columns along x, rows along y, both as stored. In BraTS
 * files x runs to the patient's left and y to the back, so the front of the head is up and the
 * patient's right on the left, as radiologists look at it.
 */
final class AxialSlice {

    private final int[] shape;
    private final int z;

    /**
     * Creates the slice.
     *
     * @param shape the volume's extent along x, y and z
     * @param z from 0
     */
    AxialSlice(int[] shape, int z) {
        if (z < 0 || z >= shape[2]) {
            throw new IllegalArgumentException(
                    "slice: expected 0 to " + (shape[2] - 1) + ", got " + z);
        }
        this.shape = shape.clone();
        this.z = z;
    }

    /**
     * Returns the slice with the most voxels of any class but the background.
     *
     * @param shape the volume's extent along x, y and z
     * @param classes the class of each voxel, z running fastest
     * @return the first such slice, the middle one where there is none
     */
    static AxialSlice withMostForeground(int[] shape, byte[] classes) {
        int[] voxels = new int[shape[2]];
        for (int v = 0; v < classes.length; v++) {
            voxels[v % shape[2]] += classes[v] > 0 ? 1 : 0;
        }
        int best = 0;
        for (int z = 1; z < voxels.length; z++) {
            best = voxels[z] > voxels[best] ? z : best;
        }
        return new AxialSlice(shape, voxels[best] > 0 ? best : shape[2] / 2);
    }

    int z() {
        return z;
    }

    /** What the slice is called. A volume that was not reoriented may be cut in any direction. */
    static String word(DataDescription description) {
        return description.kind().orientation().isPresent() ? "axial slice" : "slice";
    }

    int width() {
        return shape[0];
    }

    int height() {
        return shape[1];
    }

    /** Returns one modality of (modalities, x, y, z), row by row. */
    float[] image(float[] images, int modality) {
        float[] slice = new float[width() * height()];
        for (int i = 0; i < slice.length; i++) {
            slice[i] = images[modality * shape[0] * shape[1] * shape[2] + voxel(i)];
        }
        return slice;
    }

    /** Returns the classes of (x, y, z), row by row. */
    byte[] classes(byte[] classes) {
        byte[] slice = new byte[width() * height()];
        for (int i = 0; i < slice.length; i++) {
            slice[i] = classes[voxel(i)];
        }
        return slice;
    }

    /** The place of a pixel in a plane (x, y) in C order, such as votes of the slice have. */
    int inPlane(int pixel) {
        return pixel % width() * height() + pixel / width();
    }

    private int voxel(int pixel) {
        int x = pixel % shape[0];
        int y = pixel / shape[0];
        return (x * shape[1] + y) * shape[2] + z;
    }
}
