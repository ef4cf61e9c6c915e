/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * The soft targets of the branches at a block of voxels.
 *
 * @param targets one for all branches, or one for each
 */
record BranchTargets(List<TargetBlock> targets) {

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
        Arguments.requireTarget(teacher, computed, branches.temperedProbabilities());
        // Detached, and freed with the block whatever manager the teacher used.
        NDArray target = Batch.alias(computed, manager);
        if (config.readiness().isPresent()) {
            target = whereReady(target, batch.ready(), labels, config);
        }
        int rank = branches.temperedProbabilities().get(0).getShape().dimension();
        List<TargetBlock> targets = new ArrayList<>();
        if (target.getShape().dimension() == rank) {
            targets.add(TargetBlock.of(target, config, labels));
        } else {
            for (NDArray one : target.split(branches.temperedProbabilities().size(), 0)) {
                targets.add(TargetBlock.of(one.squeeze(0), config, labels));
            }
        }
        return new BranchTargets(targets);
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

    boolean shared() {
        return targets.size() == 1;
    }

    TargetBlock of(int m) {
        return targets.get(shared() ? 0 : m);
    }
}
