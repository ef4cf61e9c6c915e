/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * The soft targets of the branches at a block of voxels.
 *
 * @param all one for all branches, or one for each
 */
record BranchTargets(TargetBlock all) {

    /**
     * Computes the targets of the settings' teacher.
     *
     * @param labels one-hot labels of the block; null if the settings do not need them
     */
    static BranchTargets of(
            GssConfig config,
            Batch batch,
            VoxelBlock block,
            BranchProbabilities branches,
            NDArray labels,
            NDManager manager) {
        Teacher teacher = config.teacher();
        TeacherInput input =
                new TeacherInput(
                        branches.probabilities(),
                        branches.temperedProbabilities(),
                        batch.present(block, manager),
                        batch.fused(block, manager),
                        labels,
                        config);
        NDArray computed = teacher.target(input);
        Arguments.requireTarget(teacher, computed, input.temperedProbabilities());
        // Detached, and freed with the block whatever manager the teacher used.
        NDArray target = Batch.alias(computed, manager);
        if (config.readiness().isPresent()) {
            target = whereReady(target, batch.ready(), labels, config);
        }
        int rank = input.temperedProbabilities().get(0).getShape().dimension();
        boolean shared = target.getShape().dimension() == rank;
        return new BranchTargets(
                TargetBlock.of(shared ? target.expandDims(0) : target, config, labels));
    }

    /** The teacher's numbers of the classes that are ready, and in the others' place their vote. */
    private static NDArray whereReady(
            NDArray target, NDArray ready, NDArray labels, GssConfig config) {
        NDArray unready =
                config.readiness()
                        .orElseThrow()
                        .unreadyVote()
                        .value(labels, config.groups().numClasses(), config.temperature())
                        .muli(EngineConstants.oneMinus(ready.duplicate()));
        return target.mul(ready).addi(unready);
    }

    /** How many targets there are: one, or one a branch. */
    int size() {
        return Math.toIntExact(all.target().getShape().get(0));
    }

    /** Whether the only target is that of all branches. */
    boolean shared() {
        return size() == 1;
    }

    /** One of the targets, of arrays (B, N, V) and (B, 1, V). */
    TargetBlock of(int i) {
        return all.ofBranch(i);
    }
}
