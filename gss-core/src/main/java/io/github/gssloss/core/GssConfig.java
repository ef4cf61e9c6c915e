/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * All settings of the method, immutable. The presets hold the paper's values; {@link #toBuilder()}
 * changes single ones. Two settings are equal if all their values are.
 */
public final class GssConfig {

    private final Values values;

    GssConfig(Values values) {
        this.values = values;
    }

    /** The settings as a value, so that equality and text follow from the list of them. */
    record Values(
            Edition edition,
            ClassGroups groups,
            double leaderThreshold,
            double memberThreshold,
            double penalty,
            double temperature,
            boolean normalised,
            double maskRate,
            Divergence divergence,
            Teacher teacher,
            double alpha,
            double beta,
            OptionalInt ignoreIndex,
            Trust trust,
            Balance balance,
            Optional<Readiness> readiness,
            boolean finiteChecked) {}

    /**
     * Returns the best value of each of the paper's tables, on BraTS 2018/2020: T<sub>L</sub> 0.65,
     * T<sub>M</sub> 0.75, &tau; 8, &rho; 0.3, r 0.2, &alpha; 0.7, &beta; 0.3.
     *
     * @return the default settings
     */
    public static GssConfig paper() {
        return builder().build();
    }

    /**
     * Returns the base of the paper's ablations: T<sub>L</sub> 0.75, T<sub>M</sub> 0.85, &tau; 10,
     * &rho; 0.2, r 0.2, &alpha; 0.7, &beta; 0.3.
     *
     * @return the settings of the ablation tables
     */
    public static GssConfig paperAblation() {
        return builder()
                .optLeaderThreshold(0.75)
                .optMemberThreshold(0.85)
                .optPenalty(0.2)
                .optTemperature(10)
                .build();
    }

    /**
     * Returns the defaults of the authors' released code, computed as it computes them (see {@link
     * Edition}): T<sub>L</sub> 0.75, T<sub>M</sub> 0.85, &tau; 8, &rho; 0.3, r 0.2, &alpha; 0.7 on
     * the branches only, &beta; 0.03.
     *
     * @return the settings of the released code
     */
    public static GssConfig released() {
        return builder()
                .optEdition(Edition.RELEASED)
                .optLeaderThreshold(0.75)
                .optMemberThreshold(0.85)
                .optDivergence(Divergence.RELEASED_CROSS_ENTROPY)
                .optBeta(0.3 / 10)
                .build();
    }

    /**
     * Returns the distillation of PASSION (2024), by another group: the fused prediction is the
     * teacher of every branch, &tau; 4, &beta; 0.5, both probabilities clamped at 0.005, no random
     * mask; &alpha; as in {@link #paper()}. PASSION itself distils coarser outputs too, and
     * balances the modalities, which is not here.
     *
     * @return the settings
     */
    public static GssConfig passion() {
        return builder()
                .optTeacher(PaperTeacher.FUSED)
                .optDivergence(Divergence.FLOORED_KL)
                .optTemperature(4)
                .optBeta(0.5)
                .optMaskRate(0)
                .build();
    }

    /**
     * Returns a builder that holds the values of {@link #paper()}.
     *
     * @return a new builder
     */
    public static GssConfigBuilder builder() {
        return new GssConfigBuilder();
    }

    /**
     * Returns a builder that holds these values.
     *
     * @return a new builder
     */
    public GssConfigBuilder toBuilder() {
        return new GssConfigBuilder(values);
    }

    /** {@return whether these are the paper's rules or the released code's} */
    public Edition edition() {
        return values.edition;
    }

    /** {@return the leaders of every class} */
    public ClassGroups groups() {
        return values.groups;
    }

    /** {@return the threshold T<sub>L</sub> of leaders, in [0, 1]} */
    public double leaderThreshold() {
        return values.leaderThreshold;
    }

    /** {@return the threshold T<sub>M</sub> of members, in [T<sub>L</sub>, 1]} */
    public double memberThreshold() {
        return values.memberThreshold;
    }

    /** {@return the penalty &rho; on the range of the leaders, in [0, 1]} */
    public double penalty() {
        return values.penalty;
    }

    /** {@return the rule of the vote: thresholds, penalty and edition together} */
    public VotingRule votingRule() {
        return new VotingRule(
                values.leaderThreshold, values.memberThreshold, values.penalty, values.edition);
    }

    /**
     * {@return &tau;, from 0.001 to 1000: the logits are divided by it, for the soft target and for
     * the branch that learns it}
     */
    public double temperature() {
        return values.temperature;
    }

    /** {@return whether the votes of a voxel are divided by their sum (Eq. 9)} */
    public boolean normalised() {
        return values.normalised;
    }

    /** {@return r in [0, 1], the probability that a voxel is left out of a batch (Eq. 10)} */
    public double maskRate() {
        return values.maskRate;
    }

    /** {@return the divergence of a branch from the soft target} */
    public Divergence divergence() {
        return values.divergence;
    }

    /** {@return where the soft target comes from; the released edition votes} */
    public Teacher teacher() {
        return values.teacher;
    }

    /**
     * {@return the weight &alpha; of the task loss in the total; in the released edition, of that
     * of the branches}
     */
    public double alpha() {
        return values.alpha;
    }

    /** {@return &beta;, the weight of &tau;<sup>2</sup> times the distillation in the total} */
    public double beta() {
        return values.beta;
    }

    /**
     * {@return the label of voxels that count nowhere: not in a loss, not in a Dice, not in the
     * shares of decisions; in the distillation's denominator they stay, as masked ones do; empty:
     * there is none}
     */
    public OptionalInt ignoreIndex() {
        return values.ignoreIndex;
    }

    /** {@return how much of a voxel's target is believed, by its label} */
    public Trust trust() {
        return values.trust;
    }

    /** {@return how the voxels of a sample share the distillation} */
    public Balance balance() {
        return values.balance;
    }

    /** {@return when a class is distilled; empty: always, as in the paper} */
    public Optional<Readiness> readiness() {
        return values.readiness;
    }

    /**
     * {@return whether the distillation needs labels: for the ignore index, trust, balance,
     * readiness or the teacher}
     */
    public boolean needsLabels() {
        return values.ignoreIndex.isPresent() || needsClassOfVoxel();
    }

    /** Whether the target or the weight of a voxel depends on its class. */
    boolean needsClassOfVoxel() {
        return values.trust.needsLabels()
                || values.balance == Balance.CLASS
                || values.readiness.isPresent()
                || values.teacher.needsLabels();
    }

    /**
     * {@return whether logits that are NaN or infinite are an error that names the branch, which
     * costs one more pass over every branch and a wait for the device}
     */
    public boolean finiteChecked() {
        return values.finiteChecked;
    }

    /** {@inheritDoc} */
    @Override
    public boolean equals(Object other) {
        return other instanceof GssConfig config && values.equals(config.values);
    }

    /** {@inheritDoc} */
    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return values.toString().replaceFirst("Values", "GssConfig");
    }
}
