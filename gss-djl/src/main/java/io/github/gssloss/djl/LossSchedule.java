/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.GssConfigBuilder;

/**
 * The settings of a loss that change over the training batches. By default none does.
 *
 * <p>Trackers are called as DJL's optimizers call them: with the number of the training batch, from
 * 1, in ascending order and each once, since some of them change when they are asked. Do not share
 * such a tracker with an optimizer. A run that is resumed continues at the step given to {@link
 * GssLoss#setStep}.
 *
 * <pre>
 * Tracker beta =
 *         LinearTracker.builder().setBaseValue(0).optSlope(0.001f).optMaxValue(0.3f).build();
 * LossSchedule schedule = LossSchedule.builder().optBeta(beta).build();
 * </pre>
 */
public final class LossSchedule {

    private final long fusedFrom;
    private final TrackedValue beta;
    private final TrackedValue temperature;
    private final TrackedValue maskRate;

    private LossSchedule(Builder builder) {
        fusedFrom = builder.fusedFrom;
        beta = builder.beta;
        temperature = builder.temperature;
        maskRate = builder.maskRate;
    }

    /** {@return the number of training batches without the fused output's task loss} */
    public long fusedFrom() {
        return fusedFrom;
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
        GssConfigBuilder builder = config.toBuilder();
        try {
            if (beta != null) {
                builder.optBeta(beta.at(batch));
            }
            if (temperature != null) {
                builder.optTemperature(temperature.at(batch));
            }
            if (maskRate != null) {
                builder.optMaskRate(maskRate.at(batch));
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "training batch " + batch + ": " + e.getMessage(), e);
        }
    }

    /** Builds a {@link LossSchedule}. */
    public static final class Builder {

        private long fusedFrom;
        private TrackedValue beta;
        private TrackedValue temperature;
        private TrackedValue maskRate;

        private Builder() {}

        private static TrackedValue tracked(String name, Tracker tracker) {
            return new TrackedValue(LossArguments.requireNonNull(name, tracker));
        }

        /**
         * Sets for how many training batches the fused output's task loss is left out, as in
         * RFNet's own recipe.
         *
         * @param fusedFrom at least 0, by default 0
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder optFusedFrom(long fusedFrom) {
            this.fusedFrom =
                    LossArguments.requireAtLeast("fusedFrom", "a number of batches", fusedFrom, 0);
            return this;
        }

        /**
         * Sets how &beta; changes. Where it is 0 the distillation is not computed. A value outside
         * the range is found when its batch comes: {@code evaluate} then throws.
         *
         * @param beta gives &beta;, from 0 to 1,000,000, for the number of a training batch
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder optBeta(Tracker beta) {
            this.beta = tracked("beta", beta);
            return this;
        }

        /**
         * Sets how &tau; changes, and with it the factor &tau;<sup>2</sup>. A value outside the
         * range is found when its batch comes: {@code evaluate} then throws.
         *
         * @param temperature gives &tau;, from 0.001 to 1000, for the number of a training batch
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder optTemperature(Tracker temperature) {
            this.temperature = tracked("temperature", temperature);
            return this;
        }

        /**
         * Sets how the rate of the random mask changes. A value outside the range is found when its
         * batch comes: {@code evaluate} then throws.
         *
         * @param maskRate gives r in [0, 1] for the number of a training batch
         * @return this builder
         * @throws IllegalArgumentException if it is null
         */
        public Builder optMaskRate(Tracker maskRate) {
            this.maskRate = tracked("maskRate", maskRate);
            return this;
        }

        /**
         * Builds the schedule.
         *
         * @return the schedule
         */
        public LossSchedule build() {
            return new LossSchedule(this);
        }
    }
}
