/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * Where the soft target of the branches comes from. {@link PaperTeacher} holds the paper's: the
 * vote, its default, and two that its ablations compare with it. Others may be written.
 *
 * <p>A teacher is asked block by block of voxels, with the voxels of a block in one axis, so it is
 * voxel-wise: what it says of a voxel may depend on that voxel alone, not on its neighbours. How
 * voxels are divided into blocks is not promised.
 *
 * <p>It is called with arrays that are detached from autograd, and its target is taken as a
 * constant: no gradient flows into it. It writes none of its inputs and holds nothing of them after
 * it returns; what it computes belongs on the manager of the first {@code value}, which frees it.
 */
@FunctionalInterface
public interface Teacher {

    /**
     * Returns what the branches are to learn at a block of voxels.
     *
     * <p>Where the settings normalise, the target of each voxel is divided by its sum over classes.
     * Where that sum is no more than {@link GroupDistillation#UNDECIDED_BELOW} the voxel teaches
     * nobody: with one target a branch, not the branch whose sum it is.
     *
     * @param input the branches' probabilities at the block, of shape (B, N, V) each
     * @return finite numbers of at least 0 in the type and on the device of the probabilities: one
     *     target for all branches (B, N, V), or one for each (M, B, N, V)
     */
    NDArray target(TeacherInput input);

    /**
     * Tells whether {@link TeacherInput#fused()} has to be there.
     *
     * @return by default false: the fused prediction is then neither asked for nor copied
     */
    default boolean needsFused() {
        return false;
    }
}
