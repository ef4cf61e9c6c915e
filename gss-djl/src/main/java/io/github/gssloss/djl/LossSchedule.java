/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.GssConfig;

/**
 * The settings of a {@link GssLoss} that change over the training batches. By default none does.
 *
 * <p>Trackers are called as DJL's optimizers call them: with the number of the training batch, from
 * 1. A run that is resumed continues at the step given to {@link GssLoss#setStep}.
 *
 * <pre>
 * Tracker beta =
 *         LinearTracker.builder().setBaseValue(0).optSlope(0.001f).optMaxValue(0.3f).build();
 * LossSchedule schedule = LossSchedule.builder().optBeta(beta).build();
 * </pre>
 *
 * @param fusedFrom the number of training batches for which the fused output's task loss is left
 *     out, at least 0
 * @param beta the weight of tau^2 times the distillation; null: that of the settings
 * @param temperature tau; null: that of the settings
 * @param maskRate r; null: that of the settings
 */
public record LossSchedule(long fusedFrom, Tracker beta, Tracker temperature, Tracker maskRate) {

    /**
     * Creates a schedule.
     *
     * @param fusedFrom the number of training batches for which the fused output's task loss is
     *     left out, at least 0
     * @param beta the weight of tau^2 times the distillation; null: that of the settings
     * @param temperature tau; null: that of the settings
     * @param maskRate r; null: that of the settings
     * @throws IllegalArgumentException if {@code fusedFrom} is negative
     */
    public LossSchedule {
        LossArguments.requireAtLeast("fusedFrom", "a number of batches", fusedFrom, 0);
    }

    /**
     * Returns the schedule in which nothing changes.
     *
     * @return the default
     */
    public static LossSchedule constant() {
        return builder().build();
    }

    /**
     * Returns a builder of a schedule in which nothing changes.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The settings of a step.
     *
     * @param config the settings that do not change
     * @param step the number of training batches before, from 0
     */
    GssConfig at(GssConfig config, long step) {
        if (beta == null && temperature == null && maskRate == null) {
            return config;
        }
        int batch = (int) Math.min(step + 1, Integer.MAX_VALUE);
        GssConfig.Builder builder = config.toBuilder();
        if (beta != null) {
            builder.optBeta(beta.getNewValue(batch));
        }
        if (temperature != null) {
            builder.optTemperature(temperature.getNewValue(batch));
        }
        if (maskRate != null) {
            builder.optMaskRate(maskRate.getNewValue(batch));
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "training batch " + batch + ": " + e.getMessage(), e);
        }
    }

    /** Builds a {@link LossSchedule}. */
    public static final class Builder {

        private long fusedFrom;
        private Tracker beta;
        private Tracker temperature;
        private Tracker maskRate;

        private Builder() {}

        /**
         * Sets for how many training batches the fused output's task loss is left out, as in
         * RFNet's own recipe.
         *
         * @param fusedFrom at least 0, by default 0
         * @return this builder
         */
        public Builder optFusedFrom(long fusedFrom) {
            this.fusedFrom = fusedFrom;
            return this;
        }

        /**
         * Sets how beta changes. Where it is 0 the distillation is not computed.
         *
         * @param beta gives beta, at least 0, for the number of a training batch
         * @return this builder
         */
        public Builder optBeta(Tracker beta) {
            this.beta = beta;
            return this;
        }

        /**
         * Sets how tau changes, and with it the factor tau^2.
         *
         * @param temperature gives tau, above 0, for the number of a training batch
         * @return this builder
         */
        public Builder optTemperature(Tracker temperature) {
            this.temperature = temperature;
            return this;
        }

        /**
         * Sets how the rate of the random mask changes.
         *
         * @param maskRate gives r in [0, 1] for the number of a training batch
         * @return this builder
         */
        public Builder optMaskRate(Tracker maskRate) {
            this.maskRate = maskRate;
            return this;
        }

        /**
         * Builds the schedule.
         *
         * @return the schedule
         * @throws IllegalArgumentException if {@code fusedFrom} is negative
         */
        public LossSchedule build() {
            return new LossSchedule(fusedFrom, beta, temperature, maskRate);
        }
    }
}
