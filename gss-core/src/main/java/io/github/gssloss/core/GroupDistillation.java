/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.Device;
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
 * are computed in their own type, float16 in float32, gradients included. Inputs are never written,
 * autograd is not involved: the target is a constant and the gradients are in closed form.
 * Immutable and free of state; the random mask comes from the engine's generator.
 */
public final class GroupDistillation {

    /**
     * 1e-12. A voxel at which the teacher's numbers, by default the votes, sum to no more than this
     * is undecided: the soft target would be divided by nearly 0. It is left out of the
     * distillation and counts in the denominator, as a masked one does.
     */
    public static final double UNDECIDED_BELOW = TargetBlock.UNDECIDED_BELOW;

    /** On a CPU: large enough to outweigh the cost of a call, small enough for the cache. */
    private static final long CPU_BLOCK_VOXELS = 1 << 16;

    /** On other devices: few and large operations. */
    private static final long DEVICE_BLOCK_VOXELS = 1 << 20;

    private final GssConfig config;

    /** 0: the default of the device. */
    private final long blockVoxels;

    /**
     * Creates the distillation, with blocks of voxels that suit the device: 65,536 voxels on a CPU,
     * 1,048,576 elsewhere.
     *
     * @param config the settings
     * @throws IllegalArgumentException if they are null
     */
    public GroupDistillation(GssConfig config) {
        this.config = Arguments.requireNonNull("config", config);
        this.blockVoxels = 0;
    }

    /**
     * Creates the distillation with blocks of a given size, by the engine's operations on every
     * device.
     *
     * @param config the settings
     * @param blockVoxels how many voxels are processed at once, at least 1: beside the gradients
     *     several arrays of M N numbers a voxel of the block are held
     * @throws IllegalArgumentException if the settings are null, or the number is below 1
     */
    public GroupDistillation(GssConfig config, long blockVoxels) {
        this.config = Arguments.requireNonNull("config", config);
        Arguments.requireAtLeast("blockVoxels", blockVoxels, 1);
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

    /**
     * Returns how batches on a CPU are computed, in words: in one pass where Java was started with
     * {@code --add-modules jdk.incubator.vector}, and without {@code -Dgss.vector=false}, and the
     * processor multiplies and adds in one step, or else by the engine's operations, and why. The
     * pass covers logits in float32 and float16, the Kullback-Leibler divergences of the paper's
     * edition, the vote with its {@linkplain FallbackTeacher fallbacks}, trust, balance and
     * readiness. Other settings, one mask a branch, one-hot labels where the target or the weight
     * depends on them, and branches of more than 536,870,911 numbers are computed by the engine's
     * operations.
     *
     * @return one line
     */
    public static String cpuPath() {
        return OnePass.path();
    }

    /** The blocks of a batch, of the given size or one that suits its device. */
    List<VoxelBlock> blocks(Batch batch) {
        return VoxelBlock.over(
                batch.size(),
                batch.voxels(),
                blockVoxels > 0 ? blockVoxels : defaultBlockVoxels(batch));
    }

    /** How many voxels of a batch are processed at once on its device by default. */
    static long defaultBlockVoxels(Batch batch) {
        boolean cpu = Device.Type.CPU.equals(batch.logits().get(0).getDevice().getDeviceType());
        return cpu ? CPU_BLOCK_VOXELS : DEVICE_BLOCK_VOXELS;
    }

    /**
     * Evaluates a batch in which every sample has every modality, with a mask drawn at the
     * settings' rate.
     *
     * @param branchLogits per modality the logits (B, N, spatial...)
     * @return loss and gradients, see {@link DistillationResult}; they are freed by the caller or
     *     with the manager of the first branch, on which they are
     * @throws IllegalArgumentException as {@link #evaluate(DistillationInput)} does
     */
    public DistillationResult evaluate(NDList branchLogits) {
        return evaluate(DistillationInput.of(branchLogits));
    }

    /**
     * Evaluates a batch.
     *
     * @param input the branch logits, of the settings' modalities and classes, and what is known of
     *     them
     * @return loss and gradients, see {@link DistillationResult}; they are freed by the caller or
     *     with the manager of the first branch, on which they are
     * @throws IllegalArgumentException if number, shapes, types or devices do not fit each other or
     *     the settings' groups, the teacher needs fused probabilities or the ignore index labels
     *     and there are none, the teacher's target has another shape, type or device, or {@link
     *     GssConfigBuilder#optFiniteChecked} is set and a logit is NaN or infinite
     */
    public DistillationResult evaluate(DistillationInput input) {
        Shape shape = requireInput(input);
        NDList branchLogits = input.branchLogits();
        NDManager owner = branchLogits.get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            Batch batch = Batch.of(input, config, maskOf(input, shape, work), work);
            if (config.finiteChecked()) {
                batch.requireFinite();
            }
            if (blockVoxels == 0 && OnePass.covers(config, batch)) {
                return OnePass.evaluate(config, batch, shape, owner, work);
            }
            List<VoxelBlock> blocks = blocks(batch);
            BranchGradients gradients = BranchGradients.of(batch, blocks, work);
            NDArray classWeights = config.edition().classWeights(config, batch, blocks, work);
            NDList losses = new NDList();
            for (VoxelBlock block : blocks) {
                try (NDManager small = work.newSubManager()) {
                    Divergence.Term term = evaluate(batch, block, classWeights, small);
                    gradients.add(block, term.gradient());
                    NDArray loss = term.loss().toType(DataType.FLOAT64, false);
                    loss.attach(work);
                    losses.add(loss);
                }
            }
            DataType type = Batch.computeType(branchLogits.get(0).getDataType());
            NDArray loss = NDArrays.stack(losses).sum().toType(type, false);
            loss.attach(owner);
            return new DistillationResult(loss, gradients.shaped(shape, owner));
        }
    }

    /** Checks the input; returns the shape of the branches. */
    Shape requireInput(DistillationInput input) {
        Arguments.requireNonNull("input", input);
        NDList branches = input.branchLogits();
        Shape shape = Arguments.requireBranches("branch logits", branches, config.groups());
        Arguments.requirePresent(input.present(), shape, config.groups());
        config.edition().requirePresent(input.present());
        Arguments.requireFused(config.teacher(), input.fused(), branches.get(0));
        Arguments.requireMask(input.mask(), shape, branches.size());
        if (config.needsLabels()) {
            Arguments.requireNonNull(
                    "labels, which " + whatNeedsLabels() + " needs", input.labels());
        }
        Arguments.requireReady(config, input.ready());
        return shape;
    }

    private String whatNeedsLabels() {
        if (config.ignoreIndex().isPresent()) {
            return "the ignore index";
        }
        if (config.trust().needsLabels()) {
            return "trust " + config.trust();
        }
        if (config.balance() == Balance.CLASS) {
            return "balance CLASS";
        }
        return config.readiness().isPresent() ? "readiness" : "the teacher " + config.teacher();
    }

    private NDArray maskOf(DistillationInput input, Shape shape, NDManager work) {
        return input.mask() != null ? input.mask() : drawMask(work, shape);
    }

    /**
     * Draws the mask of a batch at the settings' rate, to give it to several evaluations.
     *
     * @param manager receives the mask, on its device
     * @param logits the shape (B, N, spatial...) of the branch logits
     * @return 1 where a voxel is kept, else 0, float32 (B, 1, spatial...), or one a branch in the
     *     released edition, (M, B, 1, spatial...); null if the rate is 0
     * @throws IllegalArgumentException if an argument is null or, at a rate above 0, the shape has
     *     no class axis or no voxel
     */
    public NDArray drawMask(NDManager manager, Shape logits) {
        Arguments.requireNonNull("manager", manager);
        Arguments.requireNonNull("logits", logits);
        int branches = config.groups().numModalities();
        return config.maskRate() == 0
                ? null
                : config.edition().drawMask(manager, branches, logits, config.maskRate());
    }

    /** The block's share of the loss, and its gradients. */
    private Divergence.Term evaluate(
            Batch batch, VoxelBlock block, NDArray classWeights, NDManager small) {
        BranchProbabilities branches =
                BranchProbabilities.of(batch.logits(block, small), config.temperature());
        NDArray labels = batch.classOfVoxel(block, config, small);
        TargetBlock target;
        // The plain probabilities and all views of them are not needed any more after the vote.
        try (NDManager voting = small.newSubManager()) {
            branches.plain().attach(voting);
            target = BranchTargets.of(config, batch, block, branches, labels, small).all();
        }
        NDArray weight = target.weight().mul(batch.weights(block, small));
        Presence presence = batch.presence(block, small);
        if (!presence.complete()) {
            weight = weight.mul(presence.indicators());
        }
        NDArray balance = batch.balance(block, labels, small);
        if (balance != null) {
            weight = weight.mul(balance);
        }
        NDArray ofClasses =
                classWeights == null ? null : classWeights.get(small, block.samplesOfBranches());
        return config.divergence()
                .term(
                        WeightedTarget.of(target, weight, config.temperature()),
                        branches.student(ofClasses));
    }

    /**
     * Returns the soft target of every voxel of a batch, and the votes with their decisions. For
     * study and reports: it holds several arrays of the logits' size.
     *
     * @param input the batch; its mask is not used
     * @return the target, freed by the caller or with the manager of the first branch
     * @throws IllegalArgumentException as {@link #evaluate(DistillationInput)} does
     */
    public SoftTarget softTarget(DistillationInput input) {
        requireInput(input);
        return SoftTarget.of(config, input);
    }

    /**
     * Counts how well the leaders of every class know it: what {@link Readiness} is made of.
     *
     * @param input the batch, with labels; mask, fused probabilities and ready classes are not used
     * @return float64 (3, N): the voxels predicted and labelled, predicted, and labelled, summed
     *     over the leaders of each class and the samples that have their modality, without ignored
     *     voxels; freed by the caller or with the manager of the first branch
     * @throws IllegalArgumentException if there are no labels, or number, shapes, types or devices
     *     do not fit each other or the settings' groups
     */
    public NDArray leaderOverlap(DistillationInput input) {
        Arguments.requireNonNull("input", input);
        NDList branches = input.branchLogits();
        Shape shape = Arguments.requireBranches("branch logits", branches, config.groups());
        Arguments.requirePresent(input.present(), shape, config.groups());
        Arguments.requireNonNull("labels", input.labels());
        NDManager owner = branches.get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            ClassLabels labels = ClassLabels.of(input.labels(), shape, config.ignoreIndex(), work);
            Batch batch = Batch.of(branches, input.present(), labels, work);
            if (blockVoxels == 0 && OnePass.coversLabels(config, batch)) {
                return LeaderPass.count(config, batch, owner);
            }
            NDArray ofLeaders =
                    BranchOverlap.ofLeaders(batch, blocks(batch), config.groups(), work);
            ofLeaders.attach(owner);
            return ofLeaders;
        }
    }
}
