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
 * Category-aware group self-support distillation: the branches of a batch vote on soft labels, and
 * each branch is drawn towards them (paper, section 3).
 *
 * <p>Shapes: M branches of logits (B, N, spatial...), 2-D, 3-D or any other. Voxels are worked
 * through in blocks, so that beside the gradients only a block's temporaries are held. float32 and
 * float64 are computed as they come, float16 in float32. Inputs are never written, autograd is not
 * involved: the target is a constant and the gradients are in closed form. Immutable and free of
 * state; the random mask comes from the engine's generator.
 */
public final class GroupDistillation {

    /**
     * A voxel whose votes sum to no more than this is undecided: it teaches nobody and counts in
     * the denominator, as a masked one does.
     */
    public static final double UNDECIDED_BELOW = Lesson.UNDECIDED_BELOW;

    /** Voxels a block: large enough to outweigh the cost of a call, small enough for the cache. */
    static final long BLOCK_VOXELS = 1 << 16;

    private final GssConfig config;
    private final long blockVoxels;

    /**
     * Creates the distillation.
     *
     * @param config the settings
     */
    public GroupDistillation(GssConfig config) {
        this(config, BLOCK_VOXELS);
    }

    GroupDistillation(GssConfig config, long blockVoxels) {
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

    /** How many voxels are worked on at once. */
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
     *     from each other or from the settings' groups
     */
    public DistillationResult evaluate(NDList branchLogits) {
        return evaluate(branchLogits, null, null);
    }

    /**
     * Evaluates a batch.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present (B, M), non-zero where a sample has a modality: one that is absent neither
     *     leads, votes nor is taught; null: all are there
     * @param mask 1 where a voxel is kept and 0 where it is dropped: (B, 1, spatial...) for all
     *     branches, or (M, B, 1, spatial...) for each; null: drawn at the settings' rate
     * @return loss and gradients, on the manager of the first branch; the caller closes them
     * @throws IllegalArgumentException if shapes, types or devices do not fit each other or the
     *     settings' groups, or a logit is not finite and the settings check that
     */
    public DistillationResult evaluate(NDList branchLogits, NDArray present, NDArray mask) {
        Shape shape = Arguments.requireBranches("branch logits", branchLogits, config.groups());
        Arguments.requirePresent(present, shape, config.groups());
        Arguments.requireMask(mask, shape, branchLogits.size());
        Arguments.requireEdition(config.edition(), config.groups(), present);
        NDManager owner = branchLogits.get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            Batch batch = Batch.of(branchLogits, present, drawIfMissing(mask, shape, work), work);
            if (config.finiteChecked()) {
                batch.requireFinite();
            }
            NDList gradients = new NDList();
            for (NDArray z : batch.logits()) {
                gradients.add(work.create(z.getShape(), z.getDataType()));
            }
            List<VoxelBlock> blocks = VoxelBlock.over(batch.size(), batch.voxels(), blockVoxels);
            NDList classWeights = classWeights(batch, blocks, work);
            NDList losses = new NDList();
            for (VoxelBlock block : blocks) {
                try (NDManager small = work.newSubManager()) {
                    NDArray loss = teach(batch, block, classWeights, gradients, small);
                    loss.attach(work);
                    losses.add(loss);
                }
            }
            return result(losses, gradients, branchLogits.get(0), owner);
        }
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

    /**
     * The class weights (B, N, 1) of each branch, which need the target of whole samples: the
     * released edition votes twice. Empty in the paper's.
     */
    private NDList classWeights(Batch batch, List<VoxelBlock> blocks, NDManager work) {
        NDList weights = new NDList();
        if (config.edition() == Edition.PAPER) {
            return weights;
        }
        for (NDArray z : batch.logits()) {
            Shape masses = new Shape(z.getShape().get(0), z.getShape().get(1), 1);
            weights.add(work.zeros(masses, z.getDataType()));
        }
        for (VoxelBlock block : blocks) {
            try (NDManager small = work.newSubManager()) {
                Softened softened = Softened.of(batch.logits(block, small), config.temperature());
                Lesson lesson = lesson(softened, batch.attendance(block, small));
                for (int m = 0; m < weights.size(); m++) {
                    NDArray kept = batch.weight(block, m, small).mul(lesson.decided());
                    NDArray mass = lesson.target().mul(kept).sum(new int[] {2}, true);
                    weights.get(m).get(small, block.samples()).addi(mass);
                }
            }
        }
        for (NDArray mass : weights) {
            // In place: mass becomes 1 - its share. A sample of which nothing is kept has no loss.
            mass.divi(mass.sum(new int[] {1}, true).maximum(Float.MIN_NORMAL)).negi().addi(1);
        }
        return weights;
    }

    /** Writes the block's gradients and returns its share of the loss, in float64. */
    private NDArray teach(
            Batch batch, VoxelBlock block, NDList classWeights, NDList gradients, NDManager small) {
        Softened softened = Softened.of(batch.logits(block, small), config.temperature());
        Attendance attendance = batch.attendance(block, small);
        Lesson lesson = lesson(softened, attendance);
        NDList losses = new NDList();
        for (int m = 0; m < gradients.size(); m++) {
            NDArray weight = batch.weight(block, m, small).mul(lesson.decided());
            if (!attendance.everybody()) {
                weight = weight.mul(attendance.here(m));
            }
            NDArray ofClasses =
                    classWeights.isEmpty() ? null : classWeights.get(m).get(small, block.samples());
            Divergence.Student student =
                    new Divergence.Student(
                            softened.logProbabilities().get(m),
                            softened.value().get(m),
                            weight,
                            ofClasses);
            Divergence.Term term = config.divergence().term(lesson, student, config.temperature());
            gradients.get(m).set(block.index(), term.gradient());
            losses.add(term.loss().toType(DataType.FLOAT64, false));
        }
        return NDArrays.stack(losses).sum();
    }

    /** What a block of voxels is taught. */
    Lesson lesson(Softened softened, Attendance attendance) {
        Panel p = new Panel(softened.confidence(), attendance);
        Panel q = new Panel(softened.value(), attendance);
        NDArray votes = config.votingRule().votes(p, q, config.groups(), attendance);
        return Lesson.of(votes, config.normalised());
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
     * Shows what a batch would be taught: votes, decisions and soft target of every voxel. For
     * study and reports; it holds several arrays of the logits' size.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @param present as in {@link #evaluate(NDList, NDArray, NDArray)}
     * @return the target, on the manager of the first branch; the caller closes it
     * @throws IllegalArgumentException as evaluate does
     */
    public SoftTarget softTarget(NDList branchLogits, NDArray present) {
        Shape shape = Arguments.requireBranches("branch logits", branchLogits, config.groups());
        Arguments.requirePresent(present, shape, config.groups());
        NDManager owner = branchLogits.get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            Batch batch = Batch.of(branchLogits, present, null, work);
            VoxelBlock all = new VoxelBlock(0, batch.size(), 0, batch.voxels());
            Softened softened = Softened.of(batch.logits(all, work), config.temperature());
            try (Vote flat =
                    config.votingRule()
                            .vote(
                                    softened.confidence(),
                                    softened.value(),
                                    config.groups(),
                                    batch.present())) {
                Lesson lesson = Lesson.of(flat.value(), config.normalised());
                NDArray undecided = lesson.decided().neg().add(1).div(shape.get(1));
                NDArray target = lesson.target().mul(lesson.decided()).add(undecided);
                Shape shared = VoxelMask.shared(shape);
                return new SoftTarget(
                        handOver(target, shape, owner),
                        new Vote(
                                handOver(flat.value(), shape, owner),
                                handOver(flat.decision(), shape, owner)),
                        handOver(lesson.decided(), shared, owner));
            }
        }
    }

    private static NDArray handOver(NDArray array, Shape shape, NDManager owner) {
        NDArray shaped = array.reshape(shape);
        shaped.attach(owner);
        return shaped;
    }
}
