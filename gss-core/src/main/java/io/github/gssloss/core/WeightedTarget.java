/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * The target of a block with the weight of every voxel: for one branch, or for all of them if their
 * weights are equal.
 *
 * @param block the target t
 * @param logTarget log t, clamped
 * @param weight w (B, 1, V): 0 where the voxel is left out, else one over the batch's voxels
 * @param weighted w t (B, N, V)
 * @param gradientScale w / &tau; (B, 1, V)
 */
record WeightedTarget(
        TargetBlock block,
        NDArray logTarget,
        NDArray weight,
        NDArray weighted,
        NDArray gradientScale)
        implements AutoCloseable {

    /**
     * Combines target and weight.
     *
     * @param block the target
     * @param weight w, owned by the result
     * @param temperature &tau;
     */
    static WeightedTarget of(TargetBlock block, NDArray weight, double temperature) {
        return new WeightedTarget(
                block,
                block.logTarget(),
                weight,
                block.target().mul(weight),
                weight.div(EngineConstants.of(temperature, weight)));
    }

    /** Frees all but the target block. */
    @Override
    public void close() {
        logTarget.close();
        weight.close();
        weighted.close();
        gradientScale.close();
    }
}
