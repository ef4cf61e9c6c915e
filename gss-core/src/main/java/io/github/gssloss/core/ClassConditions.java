/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * The comparisons that decide one class at every voxel, all of them strict and on the plain
 * probabilities. Leaders or members of whom none is present do not fulfil any of them. Each
 * condition is 1 where it holds and 0 elsewhere, in the type of the probabilities.
 *
 * @param leaders the leaders of the class
 * @param members its members
 * @param leaderThreshold T<sub>L</sub>
 * @param memberThreshold T<sub>M</sub>
 * @param probabilities the plain probabilities p of the class
 * @param presence which modalities are present
 */
record ClassConditions(
        List<Integer> leaders,
        List<Integer> members,
        Threshold leaderThreshold,
        Threshold memberThreshold,
        PresentProbabilities probabilities,
        Presence presence) {

    NDArray someLeader() {
        // An absent leader has probability 0, which is never above a threshold.
        try (NDArray highest = probabilities.max(leaders)) {
            return leaderThreshold.passedBy(highest);
        }
    }

    NDArray allLeaders() {
        return all(leaders, leaderThreshold);
    }

    boolean hasOneLeader() {
        return leaders.size() == 1;
    }

    boolean hasMembers() {
        return !members.isEmpty();
    }

    NDArray allMembers() {
        return all(members, memberThreshold);
    }

    private NDArray all(List<Integer> modalities, Threshold threshold) {
        try (NDArray lowest = probabilities.min(modalities)) {
            NDArray all = threshold.passedBy(lowest);
            return presence.complete() ? all : all.muli(presence.any(modalities));
        }
    }

    /** The code of the {@link Decision} of samples that have any modality, int8. */
    NDArray decision() {
        NDArray some = code(someLeader());
        NDArray all = hasOneLeader() ? some : code(allLeaders());
        NDArray byLeaders = all.neg().addi(code(Decision.SOME_LEADERS, all));
        NDArray byOthers = some.zerosLike().addi(code(Decision.MINIMUM, some));
        if (hasMembers()) {
            byOthers = byOthers.sub(code(allMembers()));
        }
        return some.mul(byLeaders).addi(EngineConstants.oneMinus(some).muli(byOthers));
    }

    /** 1 where the minimum decides in samples that have any modality, else 0. */
    NDArray byMinimum() {
        NDArray some = someLeader();
        if (!hasMembers()) {
            return EngineConstants.oneMinus(some);
        }
        try (some;
                NDArray all = allMembers()) {
            return EngineConstants.oneMinus(some.maximum(all));
        }
    }

    private static NDArray code(NDArray mask) {
        return mask.toType(DataType.INT8, false);
    }

    private static NDArray code(Decision decision, NDArray like) {
        return EngineConstants.of(decision.code(), like);
    }
}
