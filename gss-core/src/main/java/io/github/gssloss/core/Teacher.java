/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * Computes the soft target of the branches. {@link PaperTeacher} holds the paper's teachers: the
 * vote, which is the default, and two that its ablations compare with it. Others may be written.
 *
 * <p>A teacher is called for one block of voxels after another, with the voxels of a block in one
 * axis. So it is voxel-wise: the target of a voxel may depend on that voxel alone, not on its
 * neighbours. How voxels are divided into blocks may change.
 *
 * <p>Its inputs are detached from autograd, and its target is a constant: no gradient flows into
 * it. It writes none of its inputs and keeps no reference to them. What it computes belongs on the
 * manager of the first of the {@code temperedProbabilities}, which frees it.
 */
@FunctionalInterface
public interface Teacher {

    /**
     * Returns the target of the branches at a block of voxels.
     *
     * <p>If the settings normalise, the target of each voxel is divided by its sum over classes. If
     * that sum is no more than {@link GroupDistillation#UNDECIDED_BELOW}, the voxel is left out of
     * the distillation: of all branches, or with one target a branch, of the branch of that target.
     *
     * @param input the branches' probabilities at the block, of shape (B, N, V) each
     * @return finite numbers of at least 0 in the type and on the device of the probabilities: one
     *     target for all branches (B, N, V), or one for each (M, B, N, V). {@link
     *     GroupDistillation} refuses null and another shape, type or device with an
     *     IllegalArgumentException. It does not check the numbers: with one that is negative or NaN
     *     loss and gradients are wrong
     * @throws IllegalArgumentException if the input is null or lacks what this teacher needs
     */
    NDArray target(TeacherInput input);

    /**
     * Returns whether {@link TeacherInput#fused()} is needed.
     *
     * @return by default false: the fused probabilities are then neither required nor copied
     */
    default boolean needsFused() {
        return false;
    }

    /**
     * Returns whether {@link TeacherInput#labels()} are needed.
     *
     * @return by default false: the input of the teacher then has none, unless something else of
     *     the settings needs them
     */
    default boolean needsLabels() {
        return false;
    }
}
