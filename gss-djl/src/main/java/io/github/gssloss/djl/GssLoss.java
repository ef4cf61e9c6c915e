/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import io.github.gssloss.core.GssConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The whole loss of GSS for a network with one branch a modality (paper, Eqs. 2 and 3): L = &alpha;
 * L<sub>task</sub> + &beta; &tau;<sup>2</sup> L<sub>kd</sub>. L<sub>task</sub> = w<sub>f</sub>
 * L<sub>fused</sub> + w<sub>b</sub> &Sigma;<sub>m</sub> L<sub>m</sub> + w<sub>a</sub>
 * &Sigma;<sub>k</sub> L<sub>k</sub>, with m over the branches and k over the auxiliary outputs and
 * the losses that the network gives itself; each weight w is 1 by default. In the released edition
 * &alpha; multiplies the branches' sum alone. {@link LossParts} has the parts.
 *
 * <p>The task loss of the fused output, of every branch and of every auxiliary output is weighted
 * cross entropy plus soft Dice, or {@linkplain Builder#addTaskLoss others}; the distillation trains
 * the branches towards the soft target they vote for. Outside training the loss is the fused task
 * loss.
 *
 * <p>DJL's trainer calls {@link #evaluate} for a training batch, and then {@link
 * #updateAccumulators} for its metrics; for a validation batch it calls {@code updateAccumulators}
 * alone. So a network may give all its outputs in validation too, as traced ones do:
 *
 * <ul>
 *   <li>a call of {@code evaluate} is training, if the predictions hold all outputs;
 *   <li>a second call of {@code evaluate} with the same arrays computes them again, with gradient
 *       and the same mask, and is not counted as another batch;
 *   <li>{@code updateAccumulators} reports the value of a batch that was evaluated before; any
 *       other batch it validates: the fused task loss, without mask, distillation and counting;
 *   <li>a loop of one's own validates with {@link #forValidation()}.
 * </ul>
 *
 * <p>Labels: class indices (B, spatial...) or (B, 1, spatial...), or one-hot (B, N, spatial...);
 * then optionally the modalities that each sample has, (B, M): the branch of an absent modality has
 * neither distillation nor task loss, and whatever it gives, NaN included, changes nothing.
 *
 * <p>The loss plugs into any {@link ai.djl.training.TrainingConfig}; {@link #parts()} adds its
 * parts to metrics and progress:
 *
 * <pre>
 * GssLoss loss = new GssLoss(OutputLayout.rfnet(), GssConfig.paper());
 * DefaultTrainingConfig config = new DefaultTrainingConfig(loss).addEvaluators(loss.parts());
 * </pre>
 *
 * <p>With a {@link LossSchedule} &beta;, &tau; and the mask rate change over the training batches,
 * and the fused task loss starts late. Half precision is computed in float32 and each gradient
 * rounded once.
 *
 * <p>It counts its training batches, and with {@link io.github.gssloss.core.Readiness} the voxels
 * that the leaders know; it holds no other state between batches. It is for one device.
 */
public final class GssLoss extends TrainerLoss {

    private final TaskLosses tasks;
    private final Map<LossTerm, Double> weights;
    private final boolean probabilitiesChecked;

    /**
     * Creates the published loss under its own name.
     *
     * @param layout what the network's outputs are
     * @param config the settings of the method
     * @throws IllegalArgumentException if one is missing, or layout and settings differ in the
     *     number of branches
     */
    public GssLoss(OutputLayout layout, GssConfig config) {
        this(builder().setLayout(layout).setConfig(config));
    }

    private GssLoss(Builder builder) {
        super(builder);
        List<TaskLosses.Entry> entries = builder.tasks;
        if (entries.isEmpty()) {
            entries =
                    List.of(
                            published(new WeightedCrossEntropyLoss()),
                            published(new SoftDiceLoss()));
        }
        tasks = new TaskLosses(entries);
        weights = new EnumMap<>(builder.weights);
        probabilitiesChecked = builder.probabilitiesChecked;
    }

    private static TaskLosses.Entry published(Loss loss) {
        return new TaskLosses.Entry(loss, OutputKind.PROBABILITIES);
    }

    /**
     * Returns a builder of the published loss.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the parts fused, branches, auxiliary and distillation as evaluators, named {@code
     * <name of this loss>_fused} and so on, and then the losses that are outputs of the network.
     *
     * @return four evaluators and one for each of the network's own losses, that return the values
     *     which the loss computed
     */
    public List<Evaluator> parts() {
        return Stream.concat(
                        Arrays.stream(LossTerm.values()).map(LossTerm::label),
                        layout().networkLosses().stream().map(NetworkLoss::name))
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
        if (last() == null || last().total().isReleased()) {
            throw new IllegalStateException(
                    "last parts: expected a batch that was evaluated and is not closed yet");
        }
        return last().read();
    }

    /** {@inheritDoc} */
    @Override
    Computed train(LabelledBatch batch, BatchSettings settings) {
        if (probabilitiesChecked) {
            ProbabilityCheck.require(layout(), batch);
        }
        Map<LossTerm, NDArray> parts = none(batch);
        if (settings.step() >= schedule().fusedFrom()) {
            parts.put(LossTerm.FUSED, weighted(LossTerm.FUSED, tasks.of(batch, batch.fused())));
        }
        parts.put(LossTerm.BRANCHES, branches(batch));
        parts.put(
                LossTerm.AUXILIARY, weighted(LossTerm.AUXILIARY, tasks.auxiliary(batch, layout())));
        NDArray total = task(parts, settings);
        if (distillationWeight(settings.config()) == 0) {
            return Computed.of(total, parts, batch.networkLosses());
        }
        DistillationTerm term = DistillationTerm.of(batch, settings, blockVoxels());
        parts.put(LossTerm.DISTILLATION, term.plain());
        return Computed.of(total.add(term.weighted()), parts, batch.networkLosses());
    }

    private NDArray task(Map<LossTerm, NDArray> parts, BatchSettings settings) {
        NDArray others = parts.get(LossTerm.FUSED).add(parts.get(LossTerm.AUXILIARY));
        NDArray branches = parts.get(LossTerm.BRANCHES);
        double alpha = settings.config().alpha();
        return settings.config().edition().alphaWeighsAllOutputs()
                ? AutogradConstants.times(branches.add(others), alpha)
                : AutogradConstants.times(branches, alpha).add(others);
    }

    /** The branches' task losses, summed, times their weight. */
    NDArray branches(LabelledBatch batch) {
        return weighted(LossTerm.BRANCHES, tasks.branches(batch, layout().numBranches()));
    }

    private NDArray weighted(LossTerm part, NDArray value) {
        double weight = weights.get(part);
        return weight == 1 ? value : AutogradConstants.times(value, weight);
    }

    /** {@inheritDoc} */
    @Override
    Computed validate(LabelledBatch batch) {
        Map<LossTerm, NDArray> parts = none(batch);
        NDArray fused = tasks.of(batch, batch.fused());
        parts.put(LossTerm.FUSED, fused);
        return Computed.of(fused, parts, batch.noNetworkLosses());
    }

    private static Map<LossTerm, NDArray> none(LabelledBatch batch) {
        Map<LossTerm, NDArray> parts = new EnumMap<>(LossTerm.class);
        Arrays.stream(LossTerm.values()).forEach(part -> parts.put(part, batch.zero()));
        return parts;
    }

    /** Builds a {@link GssLoss}. */
    public static final class Builder extends LossBuilder<Builder> {

        private final List<TaskLosses.Entry> tasks = new ArrayList<>();
        private final Map<LossTerm, Double> weights = new EnumMap<>(LossTerm.class);
        private boolean probabilitiesChecked;

        private Builder() {
            super("GssLoss");
            Arrays.stream(LossTerm.values()).forEach(part -> weights.put(part, 1.0));
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Adds a task loss in place of the published ones; several are added up. If a loss returns
         * an array, its numbers are summed, not averaged.
         *
         * <p>A branch has a task loss only in the samples that have its modality. {@link
         * SoftDiceLoss} and {@link WeightedCrossEntropyLoss} give the other samples the weight 0.
         * Any other loss is given the samples with the modality alone; the host then waits for the
         * device.
         *
         * <p>Such a loss sees the first label array as it was given, and an ignore index only if it
         * knows one itself. DJL's losses that multiply by Java numbers, such as {@code L2Loss}, can
         * have wrong gradients on a CPU: DJL frees the buffer of such a number while autograd still
         * points at it.
         *
         * @param loss its labels are the given ones, its predictions one array (B, N, spatial...)
         * @param kind whether it is a loss of probabilities or of logits; an output of the other
         *     kind is converted
         * @return this builder
         * @throws IllegalArgumentException if an argument is missing, or a loss that needs
         *     probabilities is to be given logits
         */
        public Builder addTaskLoss(Loss loss, OutputKind kind) {
            LossArguments.requireNonNull("loss", loss);
            LossArguments.requireNonNull("kind", kind);
            if (loss instanceof TaskLoss && kind == OutputKind.LOGITS) {
                throw new IllegalArgumentException(
                        "kind: expected PROBABILITIES for " + loss.getName() + ", got LOGITS");
            }
            tasks.add(new TaskLosses.Entry(loss, kind));
            return this;
        }

        /**
         * Sets the weight of the fused output's task loss, beside &alpha;.
         *
         * @param weight from 0 to 1,000,000, by default 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside its range
         */
        public Builder optFusedWeight(double weight) {
            weights.put(LossTerm.FUSED, LossArguments.requireWeight("fusedWeight", weight));
            return this;
        }

        /**
         * Sets the weight of the branches' task losses, beside &alpha;.
         *
         * @param weight from 0 to 1,000,000, by default 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside its range
         */
        public Builder optBranchWeight(double weight) {
            weights.put(LossTerm.BRANCHES, LossArguments.requireWeight("branchWeight", weight));
            return this;
        }

        /**
         * Sets the weight of the auxiliary outputs' task losses, beside &alpha;.
         *
         * @param weight from 0 to 1,000,000, by default 1
         * @return this builder
         * @throws IllegalArgumentException if it is outside its range
         */
        public Builder optAuxiliaryWeight(double weight) {
            weights.put(LossTerm.AUXILIARY, LossArguments.requireWeight("auxiliaryWeight", weight));
            return this;
        }

        /**
         * Sets whether outputs that the layout calls probabilities are checked in training to be
         * from 0 to 1 and to sum to 1, within 0.01. It finds logits that are passed as
         * probabilities, and costs a pass over every such output and a wait for the device.
         *
         * @param probabilitiesChecked by default false
         * @return this builder
         */
        public Builder optProbabilitiesChecked(boolean probabilitiesChecked) {
            this.probabilitiesChecked = probabilitiesChecked;
            return this;
        }

        /**
         * Builds the loss.
         *
         * @return the loss
         * @throws IllegalArgumentException if layout or settings are missing, or differ in the
         *     number of branches
         */
        public GssLoss build() {
            return new GssLoss(this);
        }
    }
}
