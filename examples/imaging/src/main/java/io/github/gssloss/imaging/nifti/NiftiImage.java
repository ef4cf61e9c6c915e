/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.nifti;

import java.util.Arrays;

/**
 * A volume in memory: its voxels as floats and the header it came with. A handle: the voxels are
 * not copied, who changes them changes the image.
 */
public final class NiftiImage {

    private final NiftiHeader header;
    private final float[] data;

    /**
     * Joins voxels with a header.
     *
     * @param header the grid
     * @param data one value a voxel in C order of (x, y, z), already scaled
     * @throws IllegalArgumentException if there are not as many values as the grid has voxels
     */
    public NiftiImage(NiftiHeader header, float[] data) {
        if (data.length != header.voxels()) {
            throw new IllegalArgumentException(
                    "data: expected %s voxels for shape %s, got %s"
                            .formatted(
                                    header.voxels(), Arrays.toString(header.shape()), data.length));
        }
        this.header = header;
        this.data = data;
    }

    /**
     * Returns the header as it was read, also the grid of anything computed from this image.
     *
     * @return the header
     */
    public NiftiHeader header() {
        return header;
    }

    /**
     * Returns the voxels in C order of (x, y, z), index {@code (x * ny + y) * nz + z}, slope and
     * intercept applied.
     *
     * @return the array itself, not a copy
     */
    public float[] data() {
        return data;
    }
}
