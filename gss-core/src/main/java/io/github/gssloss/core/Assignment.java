/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * A lesson with what every voxel of it counts: for one branch, or for all where they are alike.
 *
 * @param lesson the target t
 * @param logTarget log t, clamped
 * @param weight w (B, 1, V): 0 where the voxel is left out, else one over the batch's voxels
 * @param weighted w t (B, N, V)
 * @param slope w / tau (B, 1, V)
 */
record Assignment(Lesson lesson, NDArray logTarget, NDArray weight, NDArray weighted, NDArray slope)
        implements AutoCloseable {

    /**
     * Puts lesson and weight together.
     *
     * @param lesson the target
     * @param weight w, of this assignment from now on
     * @param temperature tau
     */
    static Assignment of(Lesson lesson, NDArray weight, double temperature) {
        return new Assignment(
                lesson,
                lesson.logTarget(),
                weight,
                lesson.target().mul(weight),
                weight.div(Scalars.of(temperature, weight)));
    }

    /** Frees all but the lesson. */
    @Override
    public void close() {
        logTarget.close();
        weight.close();
        weighted.close();
        slope.close();
    }
}
