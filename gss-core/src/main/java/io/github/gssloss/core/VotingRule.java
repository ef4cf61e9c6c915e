/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The vote of the modalities on every class at every voxel (paper, Algorithms 1 and 2, Eqs. 4-8),
 * for any number of leaders.
 *
 * <p>With p the confidence and q the value, both of one class at one voxel, the first that holds:
 *
 * <ul>
 *   <li>{@link Decision#ALL_LEADERS}: every leader has p &gt; T_L: max of q over the leaders
 *   <li>{@link Decision#SOME_LEADERS}: some leader has p &gt; T_L: max - rho * (max - min) of q
 *       over the leaders
 *   <li>{@link Decision#MEMBERS}: there are members and each has p &gt; T_M: mean of q over them
 *   <li>{@link Decision#MINIMUM}: min of q over all modalities
 * </ul>
 *
 * <p>A modality that a sample lacks neither leads nor votes there; where nobody is left the vote is
 * 0 ({@link Decision#NOBODY}).
 *
 * @param leaderThreshold T_L in [0, 1]
 * @param memberThreshold T_M in [T_L, 1]
 * @param penalty rho in [0, 1]
 * @param edition the paper's rule as above, or that of the released code
 */
public record VotingRule(
        double leaderThreshold, double memberThreshold, double penalty, Edition edition) {

    /**
     * Creates a rule.
     *
     * @param leaderThreshold T_L in [0, 1]
     * @param memberThreshold T_M in [T_L, 1]
     * @param penalty rho in [0, 1]
     * @param edition the paper's rule, or that of the released code
     * @throws IllegalArgumentException if a value is outside its range or missing
     */
    public VotingRule {
        Arguments.requireWithin("leaderThreshold", leaderThreshold, 0, 1);
        Arguments.requireWithin("memberThreshold", memberThreshold, leaderThreshold, 1);
        Arguments.requireWithin("penalty", penalty, 0, 1);
        Arguments.requireNonNull("edition", edition);
    }

    /**
     * Creates a rule of the paper.
     *
     * @param leaderThreshold T_L in [0, 1]
     * @param memberThreshold T_M in [T_L, 1]
     * @param penalty rho in [0, 1]
     * @throws IllegalArgumentException if a value is outside its range
     */
    public VotingRule(double leaderThreshold, double memberThreshold, double penalty) {
        this(leaderThreshold, memberThreshold, penalty, Edition.PAPER);
    }

    /**
     * Votes on every class at every voxel.
     *
     * @param confidence per modality the plain probabilities p (B, N, spatial...), in [0, 1]
     * @param value per modality the tempered probabilities q, of the same shape, in [0, 1]
     * @param groups the leaders of each class
     * @param present (B, M), non-zero where a sample has a modality; null: all are there
     * @return the votes and their decisions, on the manager of the first confidence
     * @throws IllegalArgumentException if numbers or shapes do not fit each other
     */
    public Vote vote(NDList confidence, NDList value, ClassGroups groups, NDArray present) {
        Arguments.requireNonNull("groups", groups);
        Shape shape = Arguments.requireBranches("confidence", confidence, groups);
        Arguments.requireBranches("value", value, groups);
        Arguments.requireShape("value 0", value.get(0), shape);
        Arguments.requirePresent(present, shape, groups);
        Arguments.requireEdition(edition, groups, present);
        NDManager owner = confidence.get(0).getManager();
        try (NDManager work = owner.newSubManager()) {
            DataType type = value.get(0).getDataType();
            Attendance attendance = Attendance.of(present, shape.dimension(), type, work);
            Panel p = new Panel(Batch.own(confidence, work), attendance);
            NDArray votes =
                    votes(p, new Panel(Batch.own(value, work), attendance), groups, attendance);
            NDArray decisions = decisions(p, groups, attendance);
            votes.attach(owner);
            decisions.attach(owner);
            return new Vote(votes, decisions);
        }
    }

    /** The votes alone, (B, N, ...); nothing leaves the managers of the probabilities. */
    NDArray votes(Panel p, Panel q, ClassGroups groups, Attendance attendance) {
        List<Integer> everyone = groups.everyone();
        // One pass for all classes: they share the minimum over the modalities.
        NDArray lowest = q.min(everyone);
        NDList minima = lowest.split(groups.numClasses(), 1);
        List<Panel> byClass = q.byClass();
        List<Ballot> ballots = ballots(p, groups, attendance);
        try (NDList votes = new NDList()) {
            for (int c = 0; c < groups.numClasses(); c++) {
                votes.add(vote(ballots.get(c), byClass.get(c), minima.get(c)));
            }
            q.release(lowest, everyone);
            NDArray vote = NDArrays.concat(votes, 1);
            // Where nobody is present the minimum is a number beyond every probability.
            return attendance.everybody() ? vote : vote.muli(attendance.any(everyone));
        }
    }

    /**
     * The greatest of what each rule would give, where a rule that does not decide gives no more
     * than 0: none that is passed over can win, as the minimum is below whatever another decides.
     */
    private NDArray vote(Ballot ballot, Panel q, NDArray minimum) {
        try (NDArray some = ballot.someLeader();
                NDArray led = byLeaders(ballot, q, some)) {
            if (!ballot.hasMembers()) {
                return minimum.maximum(led);
            }
            // 1 where the members decide, else 0 or -1.
            try (NDArray deciding = ballot.allMembers().subi(some)) {
                if (edition == Edition.RELEASED && ballot.hasOneLeader()) {
                    try (NDArray silenced = silenced(minimum, deciding)) {
                        return silenced.maximum(led);
                    }
                }
                NDArray mean = q.mean(ballot.members());
                try (NDArray higher = minimum.maximum(led);
                        NDArray byMembers = mean.mul(deciding)) {
                    q.release(mean, ballot.members());
                    return higher.maximum(byMembers);
                }
            }
        }
    }

    /** The minimum, but 0 where the members decide: there the released code forgets them. */
    private static NDArray silenced(NDArray minimum, NDArray deciding) {
        return deciding.maximum(0).negi().addi(1).muli(minimum);
    }

    private NDArray byLeaders(Ballot ballot, Panel q, NDArray some) {
        NDArray high = q.max(ballot.leaders());
        if (ballot.hasOneLeader()) {
            NDArray led = high.mul(some);
            q.release(high, ballot.leaders());
            return led;
        }
        try (high;
                NDArray low = q.min(ballot.leaders());
                NDArray all = ballot.allLeaders();
                NDArray reduced = low.sub(high).muli(Scalars.of(penalty, high)).addi(high)) {
            try (NDArray agreed = edition == Edition.RELEASED ? high.add(reduced) : high;
                    NDArray byAll = agreed.mul(all);
                    NDArray bySome = reduced.mul(some)) {
                return byAll.maximum(bySome);
            }
        }
    }

    /** The codes of the decisions alone, int8 (B, N, ...). */
    NDArray decisions(Panel p, ClassGroups groups, Attendance attendance) {
        NDList codes = new NDList();
        for (Ballot ballot : ballots(p, groups, attendance)) {
            codes.add(ballot.decision());
        }
        NDArray decisions = NDArrays.concat(codes, 1);
        return attendance.everybody()
                ? decisions
                : decisions.mul(attendance.any(groups.everyone()).toType(DataType.INT8, false));
    }

    private List<Ballot> ballots(Panel p, ClassGroups groups, Attendance attendance) {
        List<Panel> byClass = p.byClass();
        Threshold ofLeaders = Threshold.of(leaderThreshold, p.any());
        Threshold ofMembers = Threshold.of(memberThreshold, p.any());
        List<Ballot> ballots = new ArrayList<>();
        for (int c = 0; c < groups.numClasses(); c++) {
            ClassGroup group = groups.groups().get(c);
            List<Integer> members = group.members(groups.numModalities());
            ballots.add(
                    new Ballot(
                            group.leaders(),
                            members,
                            ofLeaders,
                            ofMembers,
                            byClass.get(c),
                            attendance));
        }
        return ballots;
    }
}
