/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Category-aware group self-support distillation: the branches of a batch vote on a soft target,
 * and each branch is trained towards it (paper, section 3).
 *
 * <p>Shapes: M branches of logits (B, N, spatial...), 2-D, 3-D or any other. Voxels are processed
 * in blocks, so that beside the gradients only a block's temporaries are held. float32 and float64
 * are computed in their own type, float16 in float32. Inputs are never written, autograd is not
 * involved: the target is a constant and the gradients are in closed form. Immutable and free of
 * state; the random mask comes from the engine's generator.
 */
public final class GroupDistillation {

    /**
     * A voxel whose votes sum to no more than this is undecided: it is left out of the distillation
     * and counts in the denominator, as a masked one does.
     */
    public static final double UNDECIDED_BELOW = TargetBlock.UNDECIDED_BELOW;

    /** Voxels a block: large enough to outweigh the cost of a call, small enough for the cache. */
    static final long BLOCK_VOXELS = 1 << 17;

    private final GssConfig config;
    private final long blockVoxels;

    /**
     * Creates the distillation.
     *
     * @param config the settings
     * @throws IllegalArgumentException if there are none
     */
    public GroupDistillation(GssConfig config) {
        this(config, BLOCK_VOXELS);
    }

    GroupDistillation(GssConfig config, long blockVoxels) {
        Arguments.requireNonNull("config", config);
        this.config = config;
        this.blockVoxels = blockVoxels;
    }

    /**
     * Returns the settings.
     *
     * @return the settings
     */
    public GssConfig config() {
        return config;
    }

    /** How many voxels are processed at once. */
    long blockVoxels() {
        return blockVoxels;
    }

    /**
     * Evaluates a batch in which every sample has every modality, with a mask drawn at the
     * settings' rate.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @return loss and gradients, on the manager of the first branch; the caller closes them
     * @throws IllegalArgumentException if number, shapes, types or devices of the branches differ
     *     from each other or from the settings' groups, or the teacher needs the fused
     *     probabilities
     */
    public DistillationResult evaluate(NDList branchLogits) {
        return evaluate(branchLogits, null, null, null);
    }

    /**
     * Evaluates a batch for a teacher that does not need the fused probabilities.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present (B, M), non-zero where a sample has a modality; null: all are present
     * @param mask 1 where a voxel is kept and 0 where it is dropped; null: drawn
     * @return loss and gradients, on the manager of the first branch; the caller closes them
     * @throws IllegalArgumentException as {@link #evaluate(NDList, NDArray, NDArray, NDArray)} does
     */
    public DistillationResult evaluate(NDList branchLogits, NDArray present, NDArray mask) {
        return evaluate(branchLogits, present, mask, null);
    }

    /**
     * Evaluates a batch.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present (B, M), non-zero where a sample has a modality: one that is absent does not
     *     vote, and its branch is not distilled; null: all are present
     * @param mask 1 where a voxel is kept and 0 where it is dropped: (B, 1, spatial...) for all
     *     branches, or (M, B, 1, spatial...) for each; null: drawn at the settings' rate
     * @param fused the fused probabilities (B, N, spatial...), in any floating type; used only if
     *     the teacher {@linkplain Teacher#needsFused() needs} them; null: none
     * @return loss and gradients, on the manager of the first branch; the caller closes them
     * @throws IllegalArgumentException if shapes, types or devices do not fit each other or the
     *     settings' groups, the teacher needs fused probabilities and there are none, its target
     *     has another shape, or a logit is not finite and the settings check that
     */
    public DistillationResult evaluate(
            NDList branchLogits, NDArray present, NDArray mask, NDArray fused) {
        Shape shape = requireInputs(branchLogits, present, fused);
        Arguments.requireMask(mask, shape, branchLogits.size());
        NDManager owner = branchLogits.get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            NDArray kept = drawIfMissing(mask, shape, work);
            Batch batch = Batch.of(branchLogits, present, kept, fusedIfNeeded(fused), work);
            if (config.finiteChecked()) {
                batch.requireFinite();
            }
            NDList gradients = new NDList();
            for (NDArray z : batch.logits()) {
                gradients.add(work.create(z.getShape(), z.getDataType()));
            }
            List<VoxelBlock> blocks = VoxelBlock.over(batch.size(), batch.voxels(), blockVoxels);
            NDList classWeights =
                    config.edition() == Edition.RELEASED
                            ? ClassWeights.of(config, batch, blocks, work)
                            : new NDList();
            NDList losses = new NDList();
            for (VoxelBlock block : blocks) {
                try (NDManager small = work.newSubManager()) {
                    NDArray loss = evaluate(batch, block, classWeights, gradients, small);
                    loss.attach(work);
                    losses.add(loss);
                }
            }
            return result(losses, gradients, branchLogits.get(0), owner);
        }
    }

    /** Checks all but the mask; returns the shape of the branches. */
    Shape requireInputs(NDList branchLogits, NDArray present, NDArray fused) {
        Shape shape = Arguments.requireBranches("branch logits", branchLogits, config.groups());
        Arguments.requirePresent(present, shape, config.groups());
        Arguments.requireEdition(config.edition(), config.groups(), present);
        Arguments.requireFused(config.teacher(), fused, branchLogits.get(0));
        return shape;
    }

    /** The fused probabilities if the teacher needs them, else null. */
    NDArray fusedIfNeeded(NDArray fused) {
        return config.teacher().needsFused() ? fused : null;
    }

    private NDArray drawIfMissing(NDArray mask, Shape shape, NDManager work) {
        if (mask != null || config.maskRate() == 0) {
            return mask;
        }
        int branches = config.groups().numModalities();
        return config.edition() == Edition.RELEASED
                ? VoxelMask.drawPerBranch(work, branches, shape, config.maskRate())
                : VoxelMask.draw(work, shape, config.maskRate());
    }

    /** Writes the block's gradients and returns its share of the loss, in float64. */
    private NDArray evaluate(
            Batch batch, VoxelBlock block, NDList classWeights, NDList gradients, NDManager small) {
        BranchProbabilities branches =
                BranchProbabilities.of(batch.logits(block, small), config.temperature());
        Presence presence = batch.presence(block, small);
        BranchTargets targets = BranchTargets.of(config, batch, block, branches, small);
        branches.probabilities().close();
        boolean shared = targets.shared() && batch.sharesWeights() && presence.complete();
        NDList losses = new NDList();
        WeightedTarget target = null;
        for (int m = 0; m < gradients.size(); m++) {
            if (target == null || !shared) {
                NDArray weight = weight(batch, block, m, targets.of(m), presence, small);
                target = WeightedTarget.of(targets.of(m), weight, config.temperature());
            }
            NDArray ofClasses =
                    classWeights.isEmpty() ? null : classWeights.get(m).get(small, block.samples());
            try (NDArray logQ = branches.logTemperedProbabilities().get(m);
                    NDArray q = branches.temperedProbabilities().get(m)) {
                Divergence.Student student = new Divergence.Student(logQ, q, ofClasses);
                Divergence.Term term = config.divergence().term(target, student);
                gradients.get(m).set(block.index(), term.gradient());
                losses.add(term.loss().toType(DataType.FLOAT64, false));
            }
            if (!shared) {
                target.close();
            }
        }
        return NDArrays.stack(losses).sum();
    }

    private static NDArray weight(
            Batch batch,
            VoxelBlock block,
            int m,
            TargetBlock target,
            Presence presence,
            NDManager small) {
        NDArray weight = target.decided().mul(batch.weight(block, m, small));
        return presence.complete() ? weight : weight.muli(presence.indicator(m));
    }

    private static DistillationResult result(
            NDList losses, NDList gradients, NDArray branch, NDManager owner) {
        DataType type = Batch.computeType(branch.getDataType());
        NDArray loss = NDArrays.stack(losses).sum().toType(type, false);
        loss.attach(owner);
        NDList shaped = new NDList();
        for (NDArray gradient : gradients) {
            NDArray own = gradient.toType(branch.getDataType(), false).reshape(branch.getShape());
            own.attach(owner);
            shaped.add(own);
        }
        return new DistillationResult(loss, shaped);
    }

    /**
     * Returns the soft target of a batch if the teacher does not need the fused probabilities.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present (B, M), non-zero where a sample has a modality; null: all are present
     * @return the target, on the manager of the first branch; the caller closes it
     * @throws IllegalArgumentException as {@link #evaluate(NDList, NDArray, NDArray, NDArray)} does
     */
    public SoftTarget softTarget(NDList branchLogits, NDArray present) {
        return softTarget(branchLogits, present, null);
    }

    /**
     * Returns the soft target of every voxel of a batch, and the votes with their decisions. For
     * study and reports: it holds several arrays of the logits' size.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present as in {@link #evaluate(NDList, NDArray, NDArray, NDArray)}
     * @param fused as in {@link #evaluate(NDList, NDArray, NDArray, NDArray)}
     * @return the target, on the manager of the first branch; the caller closes it
     * @throws IllegalArgumentException as {@link #evaluate(NDList, NDArray, NDArray, NDArray)} does
     */
    public SoftTarget softTarget(NDList branchLogits, NDArray present, NDArray fused) {
        Shape shape = requireInputs(branchLogits, present, fused);
        NDManager owner = branchLogits.get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            Batch batch = Batch.of(branchLogits, present, null, fusedIfNeeded(fused), work);
            VoxelBlock all = new VoxelBlock(0, batch.size(), 0, batch.voxels());
            BranchProbabilities branches =
                    BranchProbabilities.of(batch.logits(all, work), config.temperature());
            BranchTargets ofBranches = BranchTargets.of(config, batch, all, branches, work);
            NDList targets = new NDList();
            NDList decided = new NDList();
            for (TargetBlock target : ofBranches.targets()) {
                NDArray undecided = target.decided().neg().add(1).div(shape.get(1));
                targets.add(target.target().mul(target.decided()).add(undecided));
                decided.add(target.decided());
            }
            Shape each = ofBranches.shared() ? new Shape() : new Shape(targets.size());
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
                        reshaped(
                                NDArrays.stack(decided),
                                each.addAll(VoxelMask.shared(shape)),
                                owner));
            }
        }
    }

    private static NDArray reshaped(NDArray array, Shape shape, NDManager owner) {
        NDArray shaped = array.reshape(shape);
        shaped.attach(owner);
        return shaped;
    }
}
