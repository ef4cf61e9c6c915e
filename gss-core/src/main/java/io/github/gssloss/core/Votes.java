/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The votes of a block of voxels, for all classes at once: few operations on large arrays.
 *
 * <p>A vote is the maximum of the results of all rules, where a rule whose condition does not hold
 * gives no more than 0. That is the result of the first rule that holds, because the minimum over
 * all modalities is never above it.
 */
final class Votes {

    private final VotingRule rule;
    private final ClassConditions conditions;
    private final PresentProbabilities all;
    private final List<PresentProbabilities> byClass;
    private final ClassGroups groups;
    private final Presence presence;

    /**
     * Prepares the votes.
     *
     * @param rule penalty and edition
     * @param conditions which rules hold
     * @param q the tempered probabilities, per modality (B, N, V)
     * @param groups the leaders of each class
     * @param presence which modalities are present
     */
    Votes(
            VotingRule rule,
            ClassConditions conditions,
            PresentProbabilities q,
            ClassGroups groups,
            Presence presence) {
        this.rule = rule;
        this.conditions = conditions;
        this.groups = groups;
        this.presence = presence;
        all = q;
        byClass = q.byClass();
    }

    /** The votes (B, N, V). */
    NDArray value() {
        try (NDArray some = conditions.someLeader();
                NDArray led = byLeaders(some);
                NDArray minimum = minimum();
                NDArray byMembers = byMembers(some, minimum);
                NDArray higher = minimum.maximum(led)) {
            NDArray vote = higher.maximum(byMembers);
            // Without any modality the minimum is a number above every probability.
            return presence.complete() ? vote : vote.muli(presence.any(groups.allModalities()));
        }
    }

    private NDArray minimum() {
        NDArray minimum = all.min(groups.allModalities());
        return all.isView(groups.allModalities()) ? minimum.duplicate() : minimum;
    }

    /** What the leaders give where some of them are confident, else 0. */
    private NDArray byLeaders(NDArray some) {
        NDArray led =
                PresentProbabilities.sideBySide(
                                byClass, this::leaders, c -> byClass.get(c).max(leaders(c)))
                        .muli(some);
        for (int c = 0; c < groups.numClasses(); c++) {
            if (leaders(c).size() > 1) {
                reduce(led.get(VoxelBlock.ofClass(c)), some.get(VoxelBlock.ofClass(c)), c);
            }
        }
        return led;
    }

    /**
     * Takes the penalty off what several leaders give, where not all of them are confident.
     *
     * @param led the highest of the leaders where some of them are confident, which is written
     * @param some where some leader is confident
     */
    private void reduce(NDArray led, NDArray some, int c) {
        try (NDArray high = byClass.get(c).max(leaders(c));
                NDArray low = byClass.get(c).min(leaders(c));
                NDArray every = conditions.allLeaders(c);
                NDArray penalty = high.sub(low).muli(EngineConstants.of(rule.penalty(), high))) {
            if (rule.edition().addsReducedMaximum()) {
                // Where all are confident the released code adds the highest to the reduced one.
                led.subi(penalty.muli(some)).addi(every.muli(high));
            } else {
                led.subi(penalty.muli(every.negi().addi(some)));
            }
        }
    }

    /**
     * What the members give where they decide, else no more than 0.
     *
     * @param minimum of all modalities; in the released edition written over
     */
    private NDArray byMembers(NDArray some, NDArray minimum) {
        // 1 where the members decide, else 0 or -1.
        try (NDArray deciding = conditions.allMembers().subi(some)) {
            NDArray mean =
                    PresentProbabilities.sideBySide(
                                    byClass, this::votingMembers, this::sumOfMembers)
                            .divi(memberCounts(some));
            if (rule.edition().clearsMembersOfOneLeader()) {
                clearMinimum(minimum, deciding);
            }
            return mean.muli(deciding);
        }
    }

    /** As in the released code the vote is 0 where the members decide a class with one leader. */
    private void clearMinimum(NDArray minimum, NDArray deciding) {
        try (NDArray decided = deciding.maximum(EngineConstants.of(0, deciding))) {
            NDArray others = EngineConstants.oneMinus(decided);
            for (int c = 0; c < groups.numClasses(); c++) {
                if (leaders(c).size() == 1) {
                    NDArray ofClass = minimum.get(VoxelBlock.ofClass(c));
                    ofClass.muli(others.get(VoxelBlock.ofClass(c)));
                }
            }
        }
    }

    /** The members whose mean a class may get: none of a class with one leader, as released. */
    private List<Integer> votingMembers(int c) {
        boolean cleared = rule.edition().clearsMembersOfOneLeader() && leaders(c).size() == 1;
        return cleared ? List.of() : ClassConditions.members(groups, c);
    }

    private NDArray sumOfMembers(int c) {
        return votingMembers(c).isEmpty()
                ? byClass.get(c).first().zerosLike()
                : byClass.get(c).sum(votingMembers(c));
    }

    /**
     * How many voting members of each class are present, at least 1: (1, N, 1...), or (B, N, 1...).
     */
    private NDArray memberCounts(NDArray like) {
        long[] alone = new long[like.getShape().dimension()];
        Arrays.fill(alone, 1);
        NDList counts = new NDList();
        for (int c = 0; c < groups.numClasses(); c++) {
            int complete = Math.max(1, votingMembers(c).size());
            counts.add(
                    presence.complete()
                            ? EngineConstants.of(complete, new Shape(alone), like)
                            : presence.count(
                                    votingMembers(c).isEmpty() ? leaders(c) : votingMembers(c)));
        }
        NDArray all = NDArrays.concat(counts, 1);
        return presence.complete() ? all : all.maximum(EngineConstants.of(1, like));
    }

    private List<Integer> leaders(int c) {
        return groups.groups().get(c).leaders();
    }
}
