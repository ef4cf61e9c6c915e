/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

/**
 * All settings of the method, immutable. The presets hold the paper's values; {@link #toBuilder()}
 * changes single ones.
 *
 * @param groups the leaders of every class
 * @param votingRule the thresholds T_L and T_M and the penalty rho
 * @param temperature tau, above 0: divides the logits of both sides of the divergence
 * @param normalised whether the votes of a voxel are divided by their sum (Eq. 9)
 * @param maskRate r in [0, 1]: the probability that a voxel is left out of a batch (Eq. 10)
 * @param divergence the order of the divergence
 * @param teacher where the soft target comes from; the released edition votes
 * @param alpha the weight of the task loss in the total; in the released edition, of that of the
 *     branches
 * @param beta the weight of tau^2 times the distillation in the total
 * @param finiteChecked whether logits that are NaN or infinite are an error that names the branch;
 *     that costs one more pass over every branch and a wait for the device
 */
public record GssConfig(
        ClassGroups groups,
        VotingRule votingRule,
        double temperature,
        boolean normalised,
        double maskRate,
        Divergence divergence,
        Teacher teacher,
        double alpha,
        double beta,
        boolean finiteChecked) {

    /**
     * Creates the settings.
     *
     * @param groups the leaders of every class
     * @param votingRule the thresholds T_L and T_M and the penalty rho
     * @param temperature tau, above 0: divides the logits of both sides of the divergence
     * @param normalised whether the votes of a voxel are divided by their sum (Eq. 9)
     * @param maskRate r in [0, 1]: the probability that a voxel is left out of a batch (Eq. 10)
     * @param divergence the order of the divergence
     * @param teacher where the soft target comes from; the released edition votes
     * @param alpha the weight of the task loss in the total; in the released edition, of that of
     *     the branches
     * @param beta the weight of tau^2 times the distillation in the total
     * @param finiteChecked whether logits that are NaN or infinite are an error that names the
     *     branch
     * @throws IllegalArgumentException if a value is missing or outside its range
     */
    public GssConfig {
        Arguments.requireNonNull("groups", groups);
        Arguments.requireNonNull("votingRule", votingRule);
        Arguments.requireNonNull("divergence", divergence);
        Arguments.requireNonNull("teacher", teacher);
        Arguments.requireEdition(votingRule.edition(), divergence, teacher);
        Arguments.requireEdition(votingRule.edition(), groups, null);
        Arguments.requirePositive("temperature", temperature);
        Arguments.requireWithin("maskRate", maskRate, 0, 1);
        Arguments.requireWithin("alpha", alpha, 0, Double.MAX_VALUE);
        Arguments.requireWithin("beta", beta, 0, Double.MAX_VALUE);
    }

    /**
     * Returns the best value of each of the paper's tables, on BraTS 2018/2020: T_L 0.65, T_M 0.75,
     * tau 8, rho 0.3, r 0.2, alpha 0.7, beta 0.3.
     *
     * @return the default settings
     */
    public static GssConfig paper() {
        return builder().build();
    }

    /**
     * Returns the base of the paper's ablations: T_L 0.75, T_M 0.85, tau 10, rho 0.2, r 0.2, alpha
     * 0.7, beta 0.3.
     *
     * @return the settings of the ablation tables
     */
    public static GssConfig paperAblation() {
        return builder().optVotingRule(new VotingRule(0.75, 0.85, 0.2)).optTemperature(10).build();
    }

    /**
     * Returns the defaults of the authors' released code, computed as it computes them (see {@link
     * Edition}): T_L 0.75, T_M 0.85, tau 8, rho 0.3, r 0.2, alpha 0.7 on the branches only, beta
     * 0.03.
     *
     * @return the settings of the released code
     */
    public static GssConfig released() {
        return builder()
                .optVotingRule(new VotingRule(0.75, 0.85, 0.3, Edition.RELEASED))
                .optDivergence(Divergence.RELEASED_CROSS_ENTROPY)
                .optBeta(0.3 / 10)
                .build();
    }

    /**
     * Returns whether these are the paper's rules or the released code's.
     *
     * @return the edition of the voting rule
     */
    public Edition edition() {
        return votingRule.edition();
    }

    /**
     * Returns a builder that holds the values of {@link #paper()}.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder that holds these values.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return builder()
                .optGroups(groups)
                .optVotingRule(votingRule)
                .optTemperature(temperature)
                .optNormalised(normalised)
                .optMaskRate(maskRate)
                .optDivergence(divergence)
                .optTeacher(teacher)
                .optAlpha(alpha)
                .optBeta(beta)
                .optFiniteChecked(finiteChecked);
    }

    /** Builds a {@link GssConfig}, from the values of {@link GssConfig#paper()} on. */
    public static final class Builder {

        private ClassGroups groups = ClassGroups.brats2020();
        private VotingRule votingRule = new VotingRule(0.65, 0.75, 0.3);
        private double temperature = 8;
        private boolean normalised = true;
        private double maskRate = 0.2;
        private Divergence divergence = Divergence.FORWARD_KL;
        private Teacher teacher = PaperTeacher.VOTES;
        private double alpha = 0.7;
        private double beta = 0.3;
        private boolean finiteChecked;

        private Builder() {}

        /**
         * Sets the leaders of every class.
         *
         * @param groups the groups, by default {@link ClassGroups#brats2020()}
         * @return this builder
         */
        public Builder optGroups(ClassGroups groups) {
            this.groups = groups;
            return this;
        }

        /**
         * Sets thresholds and penalty of the vote.
         *
         * @param votingRule T_L, T_M and rho, by default 0.65, 0.75 and 0.3
         * @return this builder
         */
        public Builder optVotingRule(VotingRule votingRule) {
            this.votingRule = votingRule;
            return this;
        }

        /**
         * Sets the temperature tau.
         *
         * @param temperature above 0, by default 8
         * @return this builder
         */
        public Builder optTemperature(double temperature) {
            this.temperature = temperature;
            return this;
        }

        /**
         * Sets whether votes are normalised over the classes.
         *
         * @param normalised by default true
         * @return this builder
         */
        public Builder optNormalised(boolean normalised) {
            this.normalised = normalised;
            return this;
        }

        /**
         * Sets the rate of the random mask.
         *
         * @param maskRate r in [0, 1], by default 0.2
         * @return this builder
         */
        public Builder optMaskRate(double maskRate) {
            this.maskRate = maskRate;
            return this;
        }

        /**
         * Sets the order of the divergence.
         *
         * @param divergence by default {@link Divergence#FORWARD_KL}
         * @return this builder
         */
        public Builder optDivergence(Divergence divergence) {
            this.divergence = divergence;
            return this;
        }

        /**
         * Sets where the soft target comes from.
         *
         * @param teacher by default {@link PaperTeacher#VOTES}
         * @return this builder
         */
        public Builder optTeacher(Teacher teacher) {
            this.teacher = teacher;
            return this;
        }

        /**
         * Sets the weight of the task loss.
         *
         * @param alpha at least 0, by default 0.7
         * @return this builder
         */
        public Builder optAlpha(double alpha) {
            this.alpha = alpha;
            return this;
        }

        /**
         * Sets the weight of tau^2 times the distillation.
         *
         * @param beta at least 0, by default 0.3
         * @return this builder
         */
        public Builder optBeta(double beta) {
            this.beta = beta;
            return this;
        }

        /**
         * Sets whether logits that are NaN or infinite are an error.
         *
         * @param finiteChecked by default false, which costs nothing
         * @return this builder
         */
        public Builder optFiniteChecked(boolean finiteChecked) {
            this.finiteChecked = finiteChecked;
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value is outside its range
         */
        public GssConfig build() {
            return new GssConfig(
                    groups,
                    votingRule,
                    temperature,
                    normalised,
                    maskRate,
                    divergence,
                    teacher,
                    alpha,
                    beta,
                    finiteChecked);
        }
    }
}
