/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

/** Where a prepared volume lies in the volume of the files. */
final class CaseGeometry {

    private final BoundingBox box;
    private final int[] volumeShape;
    private final float[] spacing;

    /**
     * Joins the parts.
     *
     * @param box the prepared volume within the files' volume
     * @param volumeShape {nx, ny, nz} of the files' volume
     * @param spacing of the voxels along {x, y, z}, in mm
     */
    CaseGeometry(BoundingBox box, int[] volumeShape, float[] spacing) {
        box.requireWithin(volumeShape);
        this.box = box;
        this.volumeShape = volumeShape.clone();
        this.spacing = spacing.clone();
    }

    /** Returns the prepared volume within the files' volume. */
    BoundingBox box() {
        return box;
    }

    /** Returns {nx, ny, nz} of the files' volume. */
    int[] volumeShape() {
        return volumeShape.clone();
    }

    /** Returns the voxels' spacing along {x, y, z}, in mm. */
    float[] spacing() {
        return spacing.clone();
    }
}
