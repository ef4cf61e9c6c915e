/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * The comparisons that decide one class at every voxel: all strict, all on the confidence. A set
 * that nobody present belongs to passes none of them.
 *
 * @param rule the thresholds
 * @param leaders the leaders of the class
 * @param members its members
 * @param confidence the plain probabilities of the class
 * @param attendance who is present
 */
record Ballot(
        VotingRule rule,
        List<Integer> leaders,
        List<Integer> members,
        Panel confidence,
        Attendance attendance) {

    NDArray someLeader() {
        // An absent leader counts as 0 here, which no threshold from 0 on lets pass.
        return confidence.max(leaders).gt(rule.leaderThreshold());
    }

    NDArray allLeaders() {
        return unanimous(leaders, rule.leaderThreshold());
    }

    boolean hasMembers() {
        return !members.isEmpty();
    }

    NDArray allMembers() {
        return unanimous(members, rule.memberThreshold());
    }

    private NDArray unanimous(List<Integer> some, double threshold) {
        NDArray all = confidence.min(some).gt(threshold);
        return attendance.everybody() ? all : all.logicalAnd(attendance.any(some));
    }

    /** The code of the {@link Decision}, as if somebody were present, int8. */
    NDArray decision() {
        NDArray some = code(someLeader());
        NDArray byLeaders = code(allLeaders()).neg().add(code(Decision.SOME_LEADERS));
        NDArray byOthers = some.zerosLike().add(code(Decision.MINIMUM));
        if (hasMembers()) {
            byOthers = byOthers.sub(code(allMembers()));
        }
        return some.mul(byLeaders).add(some.neg().add((byte) 1).mul(byOthers));
    }

    private static NDArray code(NDArray condition) {
        return condition.toType(DataType.INT8, false);
    }

    private static byte code(Decision decision) {
        return (byte) decision.code();
    }
}
