/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Computes a {@link SoftTarget}, in one block: for study, not for training. */
final class SoftTargetStudy {

    private SoftTargetStudy() {}

    /** The soft target of an input that was checked. */
    static SoftTarget of(GssConfig config, DistillationInput input) {
        Shape shape = input.branchLogits().get(0).getShape();
        NDManager owner = input.branchLogits().get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            Batch batch = Batch.of(input, config, null, work);
            VoxelBlock all = new VoxelBlock(0, batch.size(), 0, batch.voxels());
            BranchProbabilities branches =
                    BranchProbabilities.of(batch.logits(all, work), config.temperature());
            BranchTargets ofBranches =
                    BranchTargets.of(
                            config,
                            batch,
                            all,
                            branches,
                            batch.classOfVoxel(all, config, work),
                            work);
            NDList targets = new NDList();
            NDList decided = new NDList();
            NDList trust = new NDList();
            for (TargetBlock target : ofBranches.targets()) {
                NDArray decidedHere = target.decided();
                NDArray undecided = EngineConstants.oneMinus(decidedHere.duplicate());
                NDArray equal =
                        undecided.divi(EngineConstants.of(config.groups().numClasses(), undecided));
                targets.add(target.target().mul(decidedHere).addi(equal));
                decided.add(decidedHere);
                trust.add(target.weight());
            }
            Shape each = ofBranches.shared() ? new Shape() : new Shape(targets.size());
            Shape eachVoxel = each.addAll(VoxelMask.shared(shape));
            try (Vote flat =
                    config.votingRule()
                            .vote(
                                    branches.probabilities(),
                                    branches.temperedProbabilities(),
                                    config.groups(),
                                    batch.present())) {
                return new SoftTarget(
                        reshaped(NDArrays.stack(targets), each.addAll(shape), owner),
                        new Vote(
                                reshaped(flat.value(), shape, owner),
                                reshaped(flat.decision(), shape, owner)),
                        reshaped(NDArrays.stack(decided), eachVoxel, owner),
                        reshaped(NDArrays.stack(trust), eachVoxel, owner));
            }
        }
    }

    private static NDArray reshaped(NDArray array, Shape shape, NDManager owner) {
        NDArray shaped = array.reshape(shape);
        shaped.attach(owner);
        return shaped;
    }
}
