/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * The targets of a block with the weight of every voxel. The first axis, W or T, is 1 where all
 * branches have the same, else M.
 *
 * @param block the target t
 * @param logTarget log t, clamped, (T, B, N, V)
 * @param weight w (W, B, 1, V): 0 where the voxel is left out, else one over the batch's voxels
 * @param weighted w t (W, B, N, V)
 * @param gradientScale w / &tau; (W, B, 1, V)
 */
record WeightedTarget(
        TargetBlock block,
        NDArray logTarget,
        NDArray weight,
        NDArray weighted,
        NDArray gradientScale) {

    /**
     * Combines targets and weights.
     *
     * @param block the targets
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
}
