/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;
import io.github.gssloss.core.Edition;
import io.github.gssloss.core.GssConfig;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The whole loss of GSS for a network with one branch a modality (paper, Eq. 3): \(L = \alpha
 * L_{task} + \beta \tau^2 L_{kd}\).
 *
 * <p>The task loss is weighted cross entropy plus soft Dice of the fused output, of every branch
 * and of every auxiliary output; the distillation trains the branches towards the soft target they
 * vote for. Outside training, where a network gives the fused output alone, the loss is the fused
 * task loss.
 *
 * <p>Labels: class indices (B, spatial...) or one-hot (B, N, spatial...), then optionally the
 * modalities that each sample has, (B, M): the branch of an absent modality has neither
 * distillation nor task loss.
 *
 * <p>The loss plugs into any {@link ai.djl.training.TrainingConfig}; {@link #parts()} adds its
 * parts to metrics and progress:
 *
 * <pre>
 * GssLoss loss = new GssLoss(OutputLayout.rfnet(), GssConfig.paper());
 * DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
 * loss.parts().forEach(config::addEvaluator);
 * </pre>
 *
 * <p>With a {@link LossSchedule} beta, tau and the mask rate change over the training batches, and
 * the fused task loss starts late.
 *
 * <p>It is computed once a batch, also if DJL's listeners evaluate it again. It counts its training
 * batches, and holds no other state between batches.
 */
public class GssLoss extends CachedLoss {

    /** The parts of the total. */
    enum Part {
        FUSED,
        BRANCHES,
        AUXILIARY,
        DISTILLATION;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final OutputLayout layout;
    private final GssConfig config;
    private final DistillationLoss distillation;
    private final TaskLosses tasks;
    private final LossSchedule schedule;
    private long step;
    private Map<Part, NDArray> lastParts = Map.of();
    private NDArray lastTotal;

    /**
     * Creates the loss under the name {@code GssLoss}.
     *
     * @param layout what the network's outputs are
     * @param config the settings of the method
     * @throws IllegalArgumentException if layout and settings differ in the number of branches
     */
    public GssLoss(OutputLayout layout, GssConfig config) {
        this("GssLoss", layout, config);
    }

    /**
     * Creates the loss.
     *
     * @param name the display name
     * @param layout what the network's outputs are
     * @param config the settings of the method
     * @throws IllegalArgumentException if layout and settings differ in the number of branches
     */
    public GssLoss(String name, OutputLayout layout, GssConfig config) {
        this(name, layout, config, LossSchedule.constant());
    }

    /**
     * Creates the loss with settings that change over the training batches.
     *
     * @param name the display name
     * @param layout what the network's outputs are
     * @param config the settings of the method
     * @param schedule what changes, and when the fused task loss starts
     * @throws IllegalArgumentException if an argument is missing, or layout and settings differ in
     *     the number of branches
     */
    public GssLoss(String name, OutputLayout layout, GssConfig config, LossSchedule schedule) {
        super(name);
        this.distillation = new DistillationLoss(layout, config);
        this.layout = layout;
        this.config = config;
        this.schedule = LossArguments.requireNonNull("schedule", schedule);
        this.tasks = new TaskLosses(layout);
    }

    /**
     * Returns the parts fused, branches, auxiliary and distillation as evaluators.
     *
     * @return four evaluators that return the values which the loss computed
     */
    public List<Evaluator> parts() {
        return Arrays.stream(Part.values())
                .<Evaluator>map(part -> new LossPartEvaluator(this, part))
                .toList();
    }

    /**
     * Copies the parts of the last batch from the device.
     *
     * @return the parts
     * @throws IllegalStateException if nothing was evaluated, or the batch is closed
     */
    public LossParts lastParts() {
        if (lastTotal == null || lastTotal.isReleased()) {
            throw new IllegalStateException(
                    "last parts: expected a batch that was evaluated and is not closed yet");
        }
        return new LossParts(
                read(lastTotal),
                read(lastParts.get(Part.FUSED)),
                read(lastParts.get(Part.BRANCHES)),
                read(lastParts.get(Part.AUXILIARY)),
                read(lastParts.get(Part.DISTILLATION)));
    }

    private static float read(NDArray scalar) {
        return scalar.toType(DataType.FLOAT32, false).getFloat();
    }

    NDArray lastPart(Part part) {
        return lastParts.get(part);
    }

    /**
     * Returns the number of training batches evaluated so far.
     *
     * @return the step, from 0
     */
    public long step() {
        return step;
    }

    /**
     * Returns the settings at a step: those given, with the changes of the schedule.
     *
     * @param step the number of training batches before it, at least 0
     * @return the settings; the same at every step where nothing changes
     * @throws IllegalArgumentException if the step is negative, or a tracker's value outside its
     *     range
     */
    public GssConfig configAt(long step) {
        return schedule.at(config, requireStep(step));
    }

    /**
     * Returns what the network's outputs are.
     *
     * @return the layout
     */
    public OutputLayout layout() {
        return layout;
    }

    /**
     * Goes on counting from a step, for a run that is resumed.
     *
     * @param step the number of training batches evaluated before, at least 0
     * @throws IllegalArgumentException if it is negative
     */
    public void setStep(long step) {
        this.step = requireStep(step);
    }

    private static long requireStep(long step) {
        return LossArguments.requireAtLeast("step", "a number of batches", step, 0);
    }

    /** {@inheritDoc} */
    @Override
    NDArray compute(NDList labels, NDList predictions) {
        NDManager owner = predictions.get(0).getManager();
        boolean training = layout.isTraining(predictions);
        LossArguments.requireFirst("labels", labels);
        if (training) {
            requirePresent(labels, layout.requireOneShape(predictions));
        }
        try (NDManager work = owner.newSubManager()) {
            TemporaryAttachment.to(work, predictions, labels);
            NDArray zero = work.zeros(new Shape(), predictions.get(0).getDataType());
            Map<Part, NDArray> parts = new EnumMap<>(Part.class);
            Arrays.stream(Part.values()).forEach(part -> parts.put(part, zero));
            NDArray fused = layout.fused(predictions);
            try (TaskLabels taskLabels = TaskLabels.of(labels.get(0), fused)) {
                if (!training || step >= schedule.fusedFrom()) {
                    parts.put(Part.FUSED, tasks.of(taskLabels, fused));
                }
                if (training) {
                    parts.put(Part.BRANCHES, tasks.branches(taskLabels, labels, predictions));
                    parts.put(Part.AUXILIARY, tasks.auxiliary(taskLabels, predictions, zero));
                }
            }
            NDArray total = parts.get(Part.FUSED);
            if (training) {
                total = weighted(parts, labels, predictions);
                step++;
            }
            total.attach(owner);
            parts.replaceAll((part, value) -> detached(value, owner));
            lastParts = parts;
            lastTotal = detached(total, owner);
            return total;
        }
    }

    private void requirePresent(NDList labels, Shape outputs) {
        if (labels.size() > 1) {
            Shape expected = new Shape(outputs.get(0), layout.numBranches());
            LossArguments.requireShape("present", labels.get(1), expected);
        }
    }

    private NDArray weighted(Map<Part, NDArray> parts, NDList labels, NDList predictions) {
        NDArray others = parts.get(Part.FUSED).add(parts.get(Part.AUXILIARY));
        NDArray branches = parts.get(Part.BRANCHES);
        NDArray weighted =
                config.edition() == Edition.RELEASED
                        ? AutogradConstants.times(branches, config.alpha()).add(others)
                        : AutogradConstants.times(branches.add(others), config.alpha());
        GssConfig now = configAt(step);
        double weight = DistillationLoss.weight(now);
        if (weight == 0) {
            return weighted;
        }
        NDArray distilled = distillation.compute(labels, predictions, now);
        parts.put(Part.DISTILLATION, AutogradConstants.times(distilled.stopGradient(), 1 / weight));
        return weighted.add(distilled);
    }

    private static NDArray detached(NDArray value, NDManager owner) {
        NDArray detached = value.stopGradient();
        detached.attach(owner);
        return detached;
    }
}
