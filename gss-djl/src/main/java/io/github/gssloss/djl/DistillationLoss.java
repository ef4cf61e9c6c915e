/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import io.github.gssloss.core.GssConfig;
import java.util.Map;

/**
 * The distillation term of GSS alone, &beta; &tau;<sup>2</sup> L<sub>kd</sub>, to add to a loss
 * that gives the branches labels. It gives them none itself: without a task loss of every branch
 * nothing ties the branches to the labels. {@link GssLoss} has both, with task losses of one's own
 * if wanted, and is what most trainings need.
 *
 * <p>Labels may hold as second array the modalities that each sample has, (B, M), non-zero where it
 * has one. The first array holds the labels; their values are used only with an ignore index.
 * Training and validation are told apart as in {@link GssLoss}; outside training the value is 0.
 */
public final class DistillationLoss extends TrainerLoss {

    /**
     * Creates the loss under its own name.
     *
     * @param layout where the branch logits are
     * @param config the settings of the method
     * @throws IllegalArgumentException if one is missing, or layout and settings differ in the
     *     number of branches
     */
    public DistillationLoss(OutputLayout layout, GssConfig config) {
        this(builder().setLayout(layout).setConfig(config));
    }

    private DistillationLoss(Builder builder) {
        super(builder);
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} */
    @Override
    Computed train(LabelledBatch batch, BatchSettings settings) {
        return distillationWeight(settings.config()) == 0
                ? validate(batch)
                : new Computed(
                        DistillationTerm.of(batch, settings, blockVoxels()).weighted(), Map.of());
    }

    /** {@inheritDoc} */
    @Override
    Computed validate(LabelledBatch batch) {
        return new Computed(batch.zero(), Map.of());
    }

    /** Builds a {@link DistillationLoss}. */
    public static final class Builder extends LossBuilder<Builder> {

        private Builder() {
            super("DistillationLoss");
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Builds the loss.
         *
         * @return the loss
         * @throws IllegalArgumentException if layout or settings are missing, or differ in the
         *     number of branches
         */
        public DistillationLoss build() {
            return new DistillationLoss(this);
        }
    }
}
