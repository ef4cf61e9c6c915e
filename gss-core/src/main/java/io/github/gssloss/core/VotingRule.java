/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The vote of the modalities on every class at every voxel (paper, Algorithms 1 and 2, Eqs. 4-8),
 * for any number of leaders.
 *
 * <p>With p the plain and q the tempered probability of one class at one voxel, the first that
 * holds:
 *
 * <ul>
 *   <li>{@link Decision#ALL_LEADERS}: every leader has p &gt; T<sub>L</sub>: max of q over the
 *       leaders
 *   <li>{@link Decision#SOME_LEADERS}: some leader has p &gt; T<sub>L</sub>: max - &rho; * (max -
 *       min) of q over the leaders
 *   <li>{@link Decision#MEMBERS}: there are members and each has p &gt; T<sub>M</sub>: mean of q
 *       over them
 *   <li>{@link Decision#MINIMUM}: min of q over all modalities
 * </ul>
 *
 * <p>A modality that a sample lacks does not vote in it, as leader or as member. In a sample
 * without any modality the vote is 0 ({@link Decision#NO_MODALITY}).
 *
 * <p>Immutable. {@link GssConfig#votingRule()} returns the rule of settings.
 */
public final class VotingRule {

    private final double leaderThreshold;
    private final double memberThreshold;
    private final double penalty;
    private final Edition edition;

    /**
     * Creates a rule of the paper.
     *
     * @param leaderThreshold T<sub>L</sub> in [0, 1]
     * @param memberThreshold T<sub>M</sub> in [T<sub>L</sub>, 1]
     * @param penalty &rho; in [0, 1]
     * @throws IllegalArgumentException if a value is outside its range
     */
    public VotingRule(double leaderThreshold, double memberThreshold, double penalty) {
        this(leaderThreshold, memberThreshold, penalty, Edition.PAPER);
    }

    VotingRule(double leaderThreshold, double memberThreshold, double penalty, Edition edition) {
        Arguments.requireWithin("leaderThreshold", leaderThreshold, 0, 1);
        Arguments.requireWithin("memberThreshold", memberThreshold, leaderThreshold, 1);
        Arguments.requireWithin("penalty", penalty, 0, 1);
        this.leaderThreshold = leaderThreshold;
        this.memberThreshold = memberThreshold;
        this.penalty = penalty;
        this.edition = edition;
    }

    /**
     * Votes on every class at every voxel.
     *
     * @param probabilities per modality the plain probabilities p (B, N, spatial...), in [0, 1]
     * @param temperedProbabilities per modality the tempered probabilities q, of the same shape and
     *     type, in [0, 1]
     * @param groups the leaders of each class
     * @param present (B, M), non-zero where a sample has a modality, whose probabilities may be any
     *     numbers where it has not; null: all are present
     * @return the votes and their decisions, on the manager of the first of the probabilities
     * @throws IllegalArgumentException if {@code groups} or a list is null or holds null, numbers
     *     or shapes do not fit each other or the groups, or the arrays of a list are not of one
     *     floating type on one device; in the released edition also if a class has more than two
     *     leaders or a modality is missing
     */
    public Vote vote(
            NDList probabilities,
            NDList temperedProbabilities,
            ClassGroups groups,
            NDArray present) {
        Arguments.requireNonNull("groups", groups);
        Shape shape = Arguments.requireBranches("probabilities", probabilities, groups);
        Arguments.requireBranches("temperedProbabilities", temperedProbabilities, groups);
        Arguments.requireShape("temperedProbabilities 0", temperedProbabilities.get(0), shape);
        Arguments.requirePresent(present, shape, groups);
        edition.require(groups);
        NDManager owner = probabilities.get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            edition.requirePresent(present);
            DataType type = temperedProbabilities.get(0).getDataType();
            Presence presence = Presence.of(present, shape.dimension(), type, work);
            PresentProbabilities p =
                    new PresentProbabilities(aliases(probabilities, presence, work), presence);
            PresentProbabilities q =
                    new PresentProbabilities(
                            aliases(temperedProbabilities, presence, work), presence);
            NDArray votes = votes(p, q, groups, presence);
            NDArray decisions = decisions(p, groups, presence);
            votes.attach(owner);
            decisions.attach(owner);
            return new Vote(votes, decisions);
        }
    }

    private static NDList aliases(NDList arrays, Presence presence, NDManager work) {
        NDList aliases = new NDList();
        for (int m = 0; m < arrays.size(); m++) {
            aliases.add(presence.orZero(Batch.alias(arrays.get(m), work), m));
        }
        return aliases;
    }

    /** The votes alone, (B, N, ...), on the manager of the probabilities. */
    NDArray votes(
            PresentProbabilities p, PresentProbabilities q, ClassGroups groups, Presence presence) {
        return new Votes(this, conditions(p, groups, presence), q, groups, presence).value();
    }

    /** The codes of the decisions alone, int8 (B, N, ...). */
    NDArray decisions(PresentProbabilities p, ClassGroups groups, Presence presence) {
        NDArray decisions = conditions(p, groups, presence).decision();
        return presence.complete()
                ? decisions
                : decisions.mul(presence.any(groups.allModalities()).toType(DataType.INT8, false));
    }

    /** 1 where the {@linkplain Decision#MINIMUM minimum} decides, else 0, (B, N, ...). */
    NDArray byMinimum(PresentProbabilities p, ClassGroups groups, Presence presence) {
        NDArray all = conditions(p, groups, presence).byMinimum();
        return presence.complete() ? all : all.muli(presence.any(groups.allModalities()));
    }

    private ClassConditions conditions(
            PresentProbabilities p, ClassGroups groups, Presence presence) {
        return new ClassConditions(p, groups, presence, leaderThreshold, memberThreshold);
    }

    double penalty() {
        return penalty;
    }

    Edition edition() {
        return edition;
    }
}
