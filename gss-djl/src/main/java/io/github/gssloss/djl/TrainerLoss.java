/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loss that tells training from validation as DJL's trainer does, by the calls that {@link
 * GssLoss} lists, and computes a batch once.
 *
 * <p>Two calls are of the same batch if all their arrays, labels included, are the same objects.
 * One loss sees one device.
 */
abstract class TrainerLoss extends Loss {

    private static final Logger logger = LoggerFactory.getLogger(TrainerLoss.class);

    private final OutputLayout layout;
    private final GssConfig config;
    private final LossSchedule schedule;
    private final long blockVoxels;
    private final double lossScale;

    private final LeaderAverages leaders;
    private EvaluatedBatch last;
    private final OneDevice device = new OneDevice();
    private boolean accumulating;
    private boolean warned;
    private long step;

    TrainerLoss(LossBuilder<?> builder) {
        super(builder.name());
        layout = LossArguments.requireNonNull("layout", builder.layout());
        config = LossArguments.requireNonNull("config", builder.config());
        schedule = builder.schedule();
        blockVoxels = builder.blockVoxels();
        lossScale = builder.lossScale();
        LayoutCheck.requireBranches(layout, config);
        leaders = new LeaderAverages(config, blockVoxels);
    }

    /** Computes a batch in training: with gradient, all parts. */
    abstract Computed train(LabelledBatch batch, BatchSettings settings);

    /** Computes a batch outside training. */
    abstract Computed validate(LabelledBatch batch);

    /**
     * Returns the loss of a training batch, or of a batch outside training if the predictions are
     * the fused output alone.
     *
     * @param labels class indices (B, spatial...) or (B, 1, spatial...) of any numeric type, or
     *     one-hot (B, N, spatial...); then optionally the modalities that each sample has, (B, M),
     *     non-zero where it has one
     * @param predictions the network's outputs as the layout says, each (B, N, spatial...)
     * @return a scalar, float64 if the predictions are, else float32
     * @throws IllegalArgumentException if numbers or shapes do not fit, or the predictions are on
     *     another device than those before
     */
    @Override
    public final NDArray evaluate(NDList labels, NDList predictions) {
        LossArguments.requireFirst("labels", labels);
        device.require(LossArguments.requireFirst("predictions", predictions).getDevice());
        boolean again = last != null && last.isOf(labels, predictions);
        if (accumulating) {
            return again ? last.total() : validatedOnce(labels, predictions);
        }
        if (layout.hasAllOutputs(predictions)) {
            return trained(labels, predictions, again ? last.settings() : null);
        }
        if (!warned) {
            warned = true;
            logger.warn(
                    "{}: got the fused output alone and takes it as validation, without"
                        + " distillation; if this is training, the network is in evaluation mode,"
                        + " and if it is a validation loop, use forValidation()",
                    getName());
        }
        return validatedOnce(labels, predictions);
    }

    /**
     * Evaluates a training batch and remembers it.
     *
     * @param before the settings that the same batch was evaluated with; null: it is a new one
     */
    private NDArray trained(NDList labels, NDList predictions, BatchSettings before) {
        // A tracker may be refused: before the arrays are attached to the batch.
        GssConfig now = before == null ? configAt(step) : before.config();
        try (LabelledBatch batch = batch(labels, predictions)) {
            NDArray counts = before == null ? leaders.with(batch, now) : null;
            BatchSettings settings = before == null ? settings(now, batch, counts) : before;
            Computed computed = train(batch, settings);
            NDArray total = batch.keep(scaled(computed.total()));
            remember(batch, labels, predictions, settings, computed);
            step += before == null ? 1 : 0;
            if (counts != null) {
                leaders.take(counts);
            }
            return total;
        }
    }

    /**
     * The settings of a new batch.
     *
     * @param counts those of readiness with this batch; null: there is none
     */
    private BatchSettings settings(GssConfig now, LabelledBatch batch, NDArray counts) {
        NDArray ready = counts == null ? null : batch.keep(leaders.ready(counts));
        return new BatchSettings(now, step, drawMask(now, batch), ready);
    }

    /** Evaluates a batch outside training and remembers it. */
    private NDArray validatedOnce(NDList labels, NDList predictions) {
        try (LabelledBatch batch = batch(labels, predictions)) {
            Computed computed = validate(batch);
            remember(batch, labels, predictions, null, computed);
            return batch.keep(computed.total());
        }
    }

    private LabelledBatch batch(NDList labels, NDList predictions) {
        return new LabelledBatch(layout, config.ignoreIndex(), labels, predictions);
    }

    private void remember(
            LabelledBatch batch,
            NDList labels,
            NDList predictions,
            BatchSettings settings,
            Computed computed) {
        NDArray total = batch.keep(computed.total().stopGradient());
        last =
                new EvaluatedBatch(
                        labels, predictions, settings, total, computed.detachedParts(batch));
    }

    /** The mask of a new batch, on the manager of its predictions: it may be evaluated again. */
    private static NDArray drawMask(GssConfig now, LabelledBatch batch) {
        if (distillationWeight(now) == 0) {
            return null;
        }
        NDArray mask = new GroupDistillation(now).drawMask(batch.manager(), batch.shape());
        return mask == null ? null : batch.keep(mask);
    }

    /** The weight of L<sub>kd</sub> in the total: the one place of &beta; and &tau;<sup>2</sup>. */
    static double distillationWeight(GssConfig config) {
        return config.beta() * config.temperature() * config.temperature();
    }

    /** The same value, with the gradients times the loss scale. */
    private NDArray scaled(NDArray total) {
        if (lossScale == 1) {
            return total;
        }
        NDArray scaled = AutogradConstants.times(total, lossScale);
        return scaled.sub(scaled.stopGradient()).add(total.stopGradient());
    }

    /**
     * Returns this loss outside training: the task loss of the fused output, without mask,
     * distillation and counting, whatever outputs the network gives. For validation loops of one's
     * own, and inside losses that call {@code evaluate} in validation.
     *
     * @return a loss with the name of this one; it shares nothing that changes
     */
    public final Loss forValidation() {
        return new ValidationLoss(this);
    }

    final NDArray validated(NDList labels, NDList predictions) {
        LossArguments.requireFirst("labels", labels);
        LossArguments.requireFirst("predictions", predictions);
        try (LabelledBatch batch = batch(labels, predictions)) {
            return batch.keep(validate(batch).total());
        }
    }

    /** {@inheritDoc} */
    @Override
    public final void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        accumulating = true;
        try {
            super.updateAccumulators(keys, labels, predictions);
        } finally {
            accumulating = false;
        }
    }

    /** The batch as it was evaluated, or validated now if it was not. */
    final EvaluatedBatch accumulated(NDList labels, NDList predictions) {
        accumulating = true;
        try {
            evaluate(labels, predictions);
            return last;
        } finally {
            accumulating = false;
        }
    }

    /**
     * The classes that were ready at the batch evaluated last, (N); null without readiness, or
     * outside training.
     */
    final NDArray ready() {
        return last == null || last.settings() == null ? null : last.settings().ready();
    }

    /** What was evaluated last; null if nothing was. */
    final EvaluatedBatch last() {
        return last;
    }

    /**
     * Returns the number of training batches evaluated so far.
     *
     * @return the step, from 0
     */
    public final long getStep() {
        return step;
    }

    /**
     * Goes on counting from a step, for a run that is resumed.
     *
     * @param step the number of training batches evaluated before, at least 0
     * @throws IllegalArgumentException if it is negative
     */
    public final void setStep(long step) {
        this.step = requireStep(step);
    }

    /**
     * Returns the running counts of {@link io.github.gssloss.core.Readiness}, the state of a
     * training beside its step and its weights; waits for the device.
     *
     * @return three numbers a class, all voxels predicted and labelled first, then all predicted,
     *     then all labelled; empty without readiness or before the first training batch
     */
    public final double[] getLeaderCounts() {
        return leaders.read();
    }

    /**
     * Goes on from the counts of a run that is resumed.
     *
     * @param counts as {@link #getLeaderCounts} returned them
     * @throws IllegalArgumentException if they are null, of another number of classes, negative or
     *     not finite, or there are some and the settings have no readiness
     */
    public final void setLeaderCounts(double[] counts) {
        leaders.set(LossArguments.requireNonNull("leader counts", counts));
    }

    /**
     * Returns the settings at a step: those given, with the changes of the schedule.
     *
     * @param step the number of training batches before it, at least 0
     * @return the settings; the same at every step where nothing changes
     * @throws IllegalArgumentException if the step is negative, or a tracker's value outside its
     *     range
     */
    public final GssConfig configAt(long step) {
        return schedule.at(config, requireStep(step));
    }

    private static long requireStep(long step) {
        return LossArguments.requireAtLeast("step", "a number of batches", step, 0);
    }

    /**
     * Returns what the network's outputs are.
     *
     * @return the layout
     */
    public final OutputLayout layout() {
        return layout;
    }

    final LossSchedule schedule() {
        return schedule;
    }

    final long blockVoxels() {
        return blockVoxels;
    }
}
