/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;

/** The distances to one surface, around everything asked for so far: shared by predictions. */
final class SharedField {

    private final Surface surface;
    private final float[] spacing;
    private DistanceField field;

    /**
     * Computes nothing yet.
     *
     * @param surface the voxels to measure to, at least one where it is asked
     * @param spacing the voxel's edges along x, y and z, in mm
     */
    SharedField(Surface surface, float[] spacing) {
        this.surface = surface;
        this.spacing = spacing.clone();
    }

    /** Returns the distances in a box, which the surface lies in, and perhaps in more. */
    DistanceField within(BoundingBox box) {
        if (field == null || !field.box().contains(box)) {
            field =
                    DistanceField.to(
                            surface, field == null ? box : field.box().union(box), spacing);
        }
        return field;
    }
}
