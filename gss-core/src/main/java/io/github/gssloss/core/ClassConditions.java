/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;

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
        NDList highest = new NDList();
        NDList made = new NDList();
        for (int c = 0; c < groups.numClasses(); c++) {
            List<Integer> leaders = leaders(c);
            highest.add(probabilities.get(c).max(leaders));
            keepMade(made, highest, c, leaders);
        }
        return passed(ofLeaders, highest, made);
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
        NDList lowest = new NDList();
        NDList made = new NDList();
        NDList any = new NDList();
        for (int c = 0; c < groups.numClasses(); c++) {
            List<Integer> members = members(groups, c);
            if (members.isEmpty()) {
                // No probability: it is above no threshold.
                lowest.add(probabilities.get(c).first().zerosLike());
                made.add(lowest.get(c));
            } else {
                lowest.add(probabilities.get(c).min(members));
                keepMade(made, lowest, c, members);
            }
            if (!presence.complete()) {
                any.add(presence.any(members.isEmpty() ? leaders(c) : members));
            }
        }
        NDArray all = passed(ofMembers, lowest, made);
        return any.isEmpty() ? all : all.muli(NDArrays.concat(any, 1));
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

    private void keepMade(NDList made, NDList all, int c, List<Integer> modalities) {
        if (!probabilities.get(c).isView(modalities)) {
            made.add(all.get(c));
        }
    }

    /** Compares one number a class, and frees those that are no views. */
    private static NDArray passed(Threshold threshold, NDList byClass, NDList made) {
        try (made;
                NDArray together = NDArrays.concat(byClass, 1)) {
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
