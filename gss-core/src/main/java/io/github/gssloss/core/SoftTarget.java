/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The soft target of a batch, by default of its branches' votes, and these votes. Target, votes and
 * {@code decided} have the type of the logits, but float32 for float16.
 *
 * @param target (B, N, spatial...): the teacher's numbers, divided by their sum if the settings say
 *     so; 1 / N for every class of an undecided voxel. With one target a branch (M, B, N,
 *     spatial...)
 * @param vote the votes of the branches and their decisions, whichever teacher is set and whichever
 *     classes are ready
 * @param decided (B, 1, spatial...), 1 if the teacher's numbers of a voxel sum to more than {@link
 *     GroupDistillation#UNDECIDED_BELOW}, else 0: such a voxel is left out of the distillation.
 *     With one target a branch (M, B, 1, spatial...)
 * @param trust of the shape of {@code decided}: how much of the target is believed, by {@link
 *     Trust}, from 0 to 1, and 0 where the voxel is undecided
 */
public record SoftTarget(NDArray target, Vote vote, NDArray decided, NDArray trust)
        implements AutoCloseable {

    /**
     * Creates a target.
     *
     * @param target the soft target
     * @param vote the votes and their decisions
     * @param decided 1 where a voxel is decided, else 0
     * @param trust how much of the target is believed
     * @throws IllegalArgumentException if one of them is missing
     */
    public SoftTarget {
        Arguments.requireNonNull("target", target);
        Arguments.requireNonNull("vote", vote);
        Arguments.requireNonNull("decided", decided);
        Arguments.requireNonNull("trust", trust);
    }

    /** Computes the target of an input that was checked, in one block. */
    static SoftTarget of(GssConfig config, DistillationInput input) {
        Shape shape = input.branchLogits().get(0).getShape();
        NDManager owner = input.branchLogits().get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            Batch batch = Batch.of(input, config, null, work);
            VoxelBlock block = new VoxelBlock(0, batch.size(), 0, batch.voxels());
            BranchProbabilities branches =
                    BranchProbabilities.of(batch.logits(block, work), config.temperature());
            BranchTargets ofBranches =
                    BranchTargets.of(
                            config,
                            batch,
                            block,
                            branches,
                            batch.classOfVoxel(block, config, work),
                            work);
            TargetBlock all = ofBranches.all();
            NDArray undecided = EngineConstants.oneMinus(all.decided().duplicate());
            NDArray equal =
                    undecided.divi(EngineConstants.of(config.groups().numClasses(), undecided));
            NDArray target = all.target().mul(all.decided()).addi(equal);
            Shape each = ofBranches.shared() ? new Shape() : new Shape(ofBranches.size());
            Shape eachVoxel = each.addAll(VoxelMask.shared(shape));
            try (Vote flat =
                    config.votingRule()
                            .vote(
                                    branches.probabilities(),
                                    branches.temperedProbabilities(),
                                    config.groups(),
                                    batch.present())) {
                return new SoftTarget(
                        reshaped(target, each.addAll(shape), owner),
                        new Vote(
                                reshaped(flat.value(), shape, owner),
                                reshaped(flat.decision(), shape, owner)),
                        reshaped(all.decided(), eachVoxel, owner),
                        reshaped(all.weight(), eachVoxel, owner));
            }
        }
    }

    private static NDArray reshaped(NDArray array, Shape shape, NDManager owner) {
        NDArray shaped = array.reshape(shape);
        shaped.attach(owner);
        return shaped;
    }

    /** Frees all arrays. */
    @Override
    public void close() {
        target.close();
        vote.close();
        decided.close();
        trust.close();
    }
}
