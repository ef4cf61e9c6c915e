/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.evaluate;

/**
 * A patient or phantom with images and truth. The evaluation asks for {@link #images()} and {@link
 * #labels()} once each, so that they may be read from disk on the call.
 */
public interface EvaluationCase {

    /**
     * Returns the name shown in tables and progress.
     *
     * @return the name of the case
     */
    String name();

    /**
     * Returns the size of the cropped volume.
     *
     * @return depth, height, width: the voxels along the file's x, y and z
     */
    int[] shape();

    /**
     * Returns the z-scored modalities in the order of {@link
     * io.github.gssloss.examples.data.Modality}.
     *
     * @return shape (4, D, H, W) in C order
     */
    float[] images();

    /**
     * Returns the true class of every voxel.
     *
     * @return class indices, shape (D, H, W) in C order
     */
    byte[] labels();
}
