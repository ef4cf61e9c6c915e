/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.Optional;
import java.util.OptionalInt;

/** Builds a {@link GssConfig}; what is not set is as in {@link GssConfig#paper()}. */
public final class GssConfigBuilder {

    private static final double MOST_WEIGHT = 1e6;

    private Edition edition = Edition.PAPER;
    private ClassGroups groups = ClassGroups.brats2020();
    private double leaderThreshold = 0.65;
    private double memberThreshold = 0.75;
    private double penalty = 0.3;
    private double temperature = 8;
    private boolean normalised = true;
    private double maskRate = 0.2;
    private Divergence divergence = Divergence.FORWARD_KL;
    private Teacher teacher = PaperTeacher.VOTES;
    private double alpha = 0.7;
    private double beta = 0.3;
    private OptionalInt ignoreIndex = OptionalInt.empty();
    private Trust trust = Trust.NONE;
    private Balance balance = Balance.VOXEL;
    private Optional<Readiness> readiness = Optional.empty();
    private boolean finiteChecked;

    GssConfigBuilder() {}

    GssConfigBuilder(GssConfig.Values values) {
        edition = values.edition();
        groups = values.groups();
        leaderThreshold = values.leaderThreshold();
        memberThreshold = values.memberThreshold();
        penalty = values.penalty();
        temperature = values.temperature();
        normalised = values.normalised();
        maskRate = values.maskRate();
        divergence = values.divergence();
        teacher = values.teacher();
        alpha = values.alpha();
        beta = values.beta();
        ignoreIndex = values.ignoreIndex();
        trust = values.trust();
        balance = values.balance();
        readiness = values.readiness();
        finiteChecked = values.finiteChecked();
    }

    /**
     * Sets whether these are the paper's rules or the released code's.
     *
     * @param edition by default {@link Edition#PAPER}
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public GssConfigBuilder optEdition(Edition edition) {
        this.edition = Arguments.requireNonNull("edition", edition);
        return this;
    }

    /**
     * Sets the leaders of every class.
     *
     * @param groups the groups, by default {@link ClassGroups#brats2020()}
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public GssConfigBuilder optGroups(ClassGroups groups) {
        this.groups = Arguments.requireNonNull("groups", groups);
        return this;
    }

    /**
     * Sets the threshold T<sub>L</sub> of leaders.
     *
     * @param leaderThreshold in [0, 1] and no higher than that of members, by default 0.65
     * @return this builder
     * @throws IllegalArgumentException if it is outside its range
     */
    public GssConfigBuilder optLeaderThreshold(double leaderThreshold) {
        this.leaderThreshold = Arguments.requireWithin("leaderThreshold", leaderThreshold, 0, 1);
        return this;
    }

    /**
     * Sets the threshold T<sub>M</sub> of members.
     *
     * @param memberThreshold in [T<sub>L</sub>, 1], by default 0.75
     * @return this builder
     * @throws IllegalArgumentException if it is outside its range
     */
    public GssConfigBuilder optMemberThreshold(double memberThreshold) {
        this.memberThreshold = Arguments.requireWithin("memberThreshold", memberThreshold, 0, 1);
        return this;
    }

    /**
     * Sets the penalty &rho; on the range of the leaders.
     *
     * @param penalty in [0, 1], by default 0.3
     * @return this builder
     * @throws IllegalArgumentException if it is outside its range
     */
    public GssConfigBuilder optPenalty(double penalty) {
        this.penalty = Arguments.requireWithin("penalty", penalty, 0, 1);
        return this;
    }

    /**
     * Sets the temperature &tau;.
     *
     * @param temperature from 0.001 to 1000, by default 8
     * @return this builder
     * @throws IllegalArgumentException if it is outside its range
     */
    public GssConfigBuilder optTemperature(double temperature) {
        this.temperature = Arguments.requireWithin("temperature", temperature, 0.001, 1000);
        return this;
    }

    /**
     * Sets whether votes are normalised over the classes.
     *
     * @param normalised by default true
     * @return this builder
     */
    public GssConfigBuilder optNormalised(boolean normalised) {
        this.normalised = normalised;
        return this;
    }

    /**
     * Sets the rate of the random mask.
     *
     * @param maskRate r in [0, 1], by default 0.2
     * @return this builder
     * @throws IllegalArgumentException if it is outside its range
     */
    public GssConfigBuilder optMaskRate(double maskRate) {
        this.maskRate = Arguments.requireWithin("maskRate", maskRate, 0, 1);
        return this;
    }

    /**
     * Sets the divergence of a branch from the soft target.
     *
     * @param divergence by default {@link Divergence#FORWARD_KL}
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public GssConfigBuilder optDivergence(Divergence divergence) {
        this.divergence = Arguments.requireNonNull("divergence", divergence);
        return this;
    }

    /**
     * Sets where the soft target comes from.
     *
     * @param teacher by default {@link PaperTeacher#VOTES}
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public GssConfigBuilder optTeacher(Teacher teacher) {
        this.teacher = Arguments.requireNonNull("teacher", teacher);
        return this;
    }

    /**
     * Sets the weight of the task loss.
     *
     * @param alpha from 0 to 1,000,000, by default 0.7
     * @return this builder
     * @throws IllegalArgumentException if it is outside its range
     */
    public GssConfigBuilder optAlpha(double alpha) {
        this.alpha = Arguments.requireWithin("alpha", alpha, 0, MOST_WEIGHT);
        return this;
    }

    /**
     * Sets the weight of &tau;<sup>2</sup> times the distillation.
     *
     * @param beta from 0 to 1,000,000, by default 0.3
     * @return this builder
     * @throws IllegalArgumentException if it is outside its range
     */
    public GssConfigBuilder optBeta(double beta) {
        this.beta = Arguments.requireWithin("beta", beta, 0, MOST_WEIGHT);
        return this;
    }

    /**
     * Sets the label of voxels that count nowhere.
     *
     * @param ignoreIndex a label, usually outside the classes; by default there is none
     * @return this builder
     */
    public GssConfigBuilder optIgnoreIndex(int ignoreIndex) {
        this.ignoreIndex = OptionalInt.of(ignoreIndex);
        return this;
    }

    /**
     * Sets how much of a voxel's target is believed, by its label.
     *
     * @param trust by default {@link Trust#NONE}: all of it
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public GssConfigBuilder optTrust(Trust trust) {
        this.trust = Arguments.requireNonNull("trust", trust);
        return this;
    }

    /**
     * Sets how the voxels of a sample share the distillation.
     *
     * @param balance by default {@link Balance#VOXEL}: each alike
     * @return this builder
     * @throws IllegalArgumentException if it is null
     */
    public GssConfigBuilder optBalance(Balance balance) {
        this.balance = Arguments.requireNonNull("balance", balance);
        return this;
    }

    /**
     * Sets when a class is distilled.
     *
     * @param readiness null: always, the default
     * @return this builder
     */
    public GssConfigBuilder optReadiness(Readiness readiness) {
        this.readiness = Optional.ofNullable(readiness);
        return this;
    }

    /**
     * Sets whether logits that are NaN or infinite are an error.
     *
     * @param finiteChecked by default false, which costs nothing
     * @return this builder
     */
    public GssConfigBuilder optFiniteChecked(boolean finiteChecked) {
        this.finiteChecked = finiteChecked;
        return this;
    }

    /**
     * Builds the settings.
     *
     * @return the settings
     * @throws IllegalArgumentException if the threshold of members is below that of leaders, or the
     *     edition does not know the divergence, the teacher, the number of leaders, trust, balance
     *     or readiness
     */
    public GssConfig build() {
        Arguments.requireWithin("memberThreshold", memberThreshold, leaderThreshold, 1);
        edition.require(divergence, teacher);
        edition.require(groups);
        edition.require(trust, balance, readiness);
        return new GssConfig(
                new GssConfig.Values(
                        edition,
                        groups,
                        leaderThreshold,
                        memberThreshold,
                        penalty,
                        temperature,
                        normalised,
                        maskRate,
                        divergence,
                        teacher,
                        alpha,
                        beta,
                        ignoreIndex,
                        trust,
                        balance,
                        readiness,
                        finiteChecked));
    }
}
