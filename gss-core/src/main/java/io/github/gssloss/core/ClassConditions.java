/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The comparisons that decide every class at every voxel, all of them strict and on the plain
 * probabilities. Leaders or members of whom none is present do not fulfil any of them. Each
 * condition is 1 where it holds and 0 elsewhere, in the type of the probabilities, for all classes
 * at once: few operations on large arrays.
 */
final class ClassConditions {

    private final List<PresentProbabilities> probabilities;
    private final ClassGroups groups;
    private final Presence presence;
    private final Threshold ofLeaders;
    private final Threshold ofMembers;

    /**
     * Prepares the comparisons.
     *
     * @param probabilities the plain probabilities p
     * @param groups the leaders of each class
     * @param presence which modalities are present
     * @param leaderThreshold T<sub>L</sub>
     * @param memberThreshold T<sub>M</sub>
     */
    ClassConditions(
            PresentProbabilities probabilities,
            ClassGroups groups,
            Presence presence,
            double leaderThreshold,
            double memberThreshold) {
        this.probabilities = probabilities.byClass();
        this.groups = groups;
        this.presence = presence;
        ofLeaders = Threshold.of(leaderThreshold, probabilities.first());
        ofMembers = Threshold.of(memberThreshold, probabilities.first());
    }

    /** The members of a class. */
    static List<Integer> members(ClassGroups groups, int c) {
        return groups.groups().get(c).members(groups.numModalities());
    }

    /** Some leader is above its threshold, (B, N, V). */
    NDArray someLeader() {
        // An absent leader has probability 0, which is never above a threshold.
        return passed(ofLeaders, this::leaders, c -> probabilities.get(c).max(leaders(c)));
    }

    /** Every leader of a class is, (B, 1, V). */
    NDArray allLeaders(int c) {
        NDArray lowest = probabilities.get(c).min(leaders(c));
        NDArray all = ofLeaders.passedBy(lowest);
        if (!probabilities.get(c).isView(leaders(c))) {
            lowest.close();
        }
        return presence.complete() ? all : all.muli(presence.any(leaders(c)));
    }

    /** The class has members, and each is above its threshold, (B, N, V). */
    NDArray allMembers() {
        NDArray all = passed(ofMembers, this::members, this::lowestMember);
        if (presence.complete()) {
            return all;
        }
        NDList any = new NDList();
        for (int c = 0; c < groups.numClasses(); c++) {
            any.add(presence.any(members(c).isEmpty() ? leaders(c) : members(c)));
        }
        return all.muli(NDArrays.concat(any, 1));
    }

    private NDArray lowestMember(int c) {
        PresentProbabilities p = probabilities.get(c);
        // Without members no probability: it is above no threshold.
        return members(c).isEmpty() ? p.first().zerosLike() : p.min(members(c));
    }

    /** The code of the {@link Decision} of samples that have any modality, int8 (B, N, V). */
    NDArray decision() {
        NDArray some = code(someLeader());
        NDList leaders = new NDList();
        for (int c = 0; c < groups.numClasses(); c++) {
            leaders.add(allLeaders(c));
        }
        NDArray all = code(NDArrays.concat(leaders, 1));
        NDArray byLeaders = all.neg().addi(code(Decision.SOME_LEADERS, all));
        NDArray byOthers = code(allMembers()).negi().addi(code(Decision.MINIMUM, all));
        return some.mul(byLeaders).addi(EngineConstants.oneMinus(some).muli(byOthers));
    }

    /** 1 where the minimum decides in samples that have any modality, else 0, (B, N, V). */
    NDArray byMinimum() {
        try (NDArray some = someLeader();
                NDArray all = allMembers()) {
            return EngineConstants.oneMinus(some.maximum(all));
        }
    }

    private List<Integer> leaders(int c) {
        return groups.groups().get(c).leaders();
    }

    private List<Integer> members(int c) {
        return members(groups, c);
    }

    /** Where one number a class is above a threshold, (B, N, V). */
    private NDArray passed(
            Threshold threshold,
            IntFunction<List<Integer>> modalities,
            IntFunction<NDArray> numbers) {
        try (NDArray together =
                PresentProbabilities.sideBySide(probabilities, modalities, numbers)) {
            return threshold.passedBy(together);
        }
    }

    private static NDArray code(NDArray mask) {
        return mask.toType(DataType.INT8, false);
    }

    private static NDArray code(Decision decision, NDArray like) {
        return EngineConstants.of(decision.code(), like);
    }
}
