/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.dataset.DataDescription;

/**
 * A patient or phantom with images and truth. The network sees a crop; the evaluation is of the
 * whole volume that it was cut from, so that true tumour outside the crop counts as missed. The
 * evaluation asks for {@link #images()} and {@link #truth} once each, so that they may be read from
 * disk on the call.
 */
public interface EvaluationCase {

    /**
     * Returns the name shown in tables and progress.
     *
     * @return the name of the case
     */
    String name();

    /**
     * Returns the size of the crop.
     *
     * @return depth, height, width: the voxels along the file's x, y and z
     */
    int[] shape();

    /**
     * Returns where the axes of the crop point in the patient.
     *
     * @return a letter for each of x, y and z: L or R, P or A, S or I in any order; by default LPS,
     *     as cases of BraTS are prepared
     */
    default String orientation() {
        return "LPS";
    }

    /**
     * Returns the z-scored modalities in their order.
     *
     * @return shape (M, D, H, W) in C order
     */
    float[] images();

    /**
     * Returns the true class of every voxel of the crop.
     *
     * @return class indices, shape (D, H, W) in C order
     */
    byte[] labels();

    /**
     * Returns the truth of the whole volume. By default the crop is the whole, of voxels of 1 mm.
     *
     * @param description the classes and regions
     * @return what predictions are measured against
     */
    default CaseTruth truth(DataDescription description) {
        return new CaseTruth(labels(), shape(), new float[] {1, 1, 1}, description);
    }

    /**
     * Puts classes of the crop where they lie in the whole volume, in background. By default the
     * crop is the whole.
     *
     * @param classes the class of each voxel of the crop
     * @return the class of each voxel of the volume of {@link #truth}
     */
    default byte[] inVolume(byte[] classes) {
        return classes;
    }
}
