/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * The comparisons that decide one class at every voxel: all strict, all on the confidence. A set
 * that nobody present belongs to passes none of them. Each gives 1 where it holds and 0 elsewhere,
 * in the type of the confidence.
 *
 * @param leaders the leaders of the class
 * @param members its members
 * @param leaderThreshold T_L
 * @param memberThreshold T_M
 * @param confidence the plain probabilities of the class
 * @param attendance who is present
 */
record Ballot(
        List<Integer> leaders,
        List<Integer> members,
        Threshold leaderThreshold,
        Threshold memberThreshold,
        Panel confidence,
        Attendance attendance) {

    NDArray someLeader() {
        // An absent leader counts as 0 here, which no threshold from 0 on lets pass.
        NDArray highest = confidence.max(leaders);
        NDArray some = leaderThreshold.passedBy(highest);
        confidence.release(highest, leaders);
        return some;
    }

    NDArray allLeaders() {
        return unanimous(leaders, leaderThreshold);
    }

    boolean hasOneLeader() {
        return leaders.size() == 1;
    }

    boolean hasMembers() {
        return !members.isEmpty();
    }

    NDArray allMembers() {
        return unanimous(members, memberThreshold);
    }

    private NDArray unanimous(List<Integer> some, Threshold threshold) {
        NDArray lowest = confidence.min(some);
        NDArray all = threshold.passedBy(lowest);
        confidence.release(lowest, some);
        return attendance.everybody() ? all : all.muli(attendance.any(some));
    }

    /** The code of the {@link Decision}, as if somebody were present, int8. */
    NDArray decision() {
        NDArray some = code(someLeader());
        NDArray all = hasOneLeader() ? some : code(allLeaders());
        NDArray byLeaders = all.neg().add(code(Decision.SOME_LEADERS));
        NDArray byOthers = some.zerosLike().add(code(Decision.MINIMUM));
        if (hasMembers()) {
            byOthers = byOthers.sub(code(allMembers()));
        }
        return some.mul(byLeaders).add(some.neg().add((byte) 1).mul(byOthers));
    }

    private static NDArray code(NDArray mask) {
        return mask.toType(DataType.INT8, false);
    }

    private static byte code(Decision decision) {
        return (byte) decision.code();
    }
}
