/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Counts the decisions of a batch, on the device and block by block.
 *
 * @param distillation the settings
 * @param batch the branches
 * @param labels the labels, or null
 */
record DecisionCount(GroupDistillation distillation, Batch batch, BatchLabels labels) {

    private static final Decision[] DECISIONS = Decision.values();

    /** Counts and divides; the host waits for the device once, at the end. */
    DecisionShares shares(NDManager work) {
        NDList counts = new NDList();
        for (VoxelBlock block :
                VoxelBlock.over(batch.size(), batch.voxels(), distillation.blockVoxels())) {
            try (NDManager small = work.newSubManager()) {
                NDArray ofBlock = NDArrays.concat(count(block, small));
                ofBlock.attach(work);
                counts.add(ofBlock);
            }
        }
        return divide(NDArrays.stack(counts).sum(new int[] {0}).toLongArray());
    }

    /**
     * For each decision (N), then the decided voxels (1); then with labels their overlap, three
     * times (N), and for each decision (N) within the class.
     */
    private NDList count(VoxelBlock block, NDManager small) {
        GssConfig config = distillation.config();
        BranchProbabilities branches =
                BranchProbabilities.of(batch.logits(block, small), config.temperature());
        Presence presence = batch.presence(block, small);
        PresentProbabilities p = new PresentProbabilities(branches.probabilities(), presence);
        NDArray codes = config.votingRule().decisions(p, config.groups(), presence);
        NDList counts = new NDList();
        for (Decision decision : DECISIONS) {
            counts.add(Overlap.sum(codes.eq((byte) decision.code())));
        }
        BranchTargets targets = BranchTargets.of(config, batch, block, branches, small);
        counts.add(Overlap.sum(decidedForAny(targets, presence)));
        if (labels != null) {
            NDArray labelled = labels.oneHot(block, small);
            counts.addAll(overlap(targets, presence, labelled, small));
            for (Decision decision : DECISIONS) {
                counts.add(Overlap.sum(codes.eq((byte) decision.code()).logicalAnd(labelled)));
            }
        }
        return counts;
    }

    /** The voxels decided for any branch that is present, boolean (B, 1, V). */
    private NDArray decidedForAny(BranchTargets targets, Presence presence) {
        NDArray any = null;
        for (int m = 0; m < targets.targets().size(); m++) {
            NDArray decided = decided(targets, presence, m);
            any = any == null ? decided : any.logicalOr(decided);
        }
        return any;
    }

    /** The voxels where target m is decided and a branch with it is present, boolean (B, 1, V). */
    private NDArray decided(BranchTargets targets, Presence presence, int m) {
        NDArray decided = targets.of(m).decided().gt(0);
        return presence.complete() ? decided : decided.logicalAnd(samples(targets, presence, m));
    }

    /** The samples in which a branch with target m is present, boolean (B, 1, 1). */
    private NDArray samples(BranchTargets targets, Presence presence, int m) {
        return targets.shared()
                ? presence.any(distillation.config().groups().allModalities())
                : presence.any(List.of(m));
    }

    /** With one target a branch, of all branches together, each where it is present. */
    private NDList overlap(
            BranchTargets targets, Presence presence, NDArray labelled, NDManager small) {
        NDList counts = new NDList();
        for (int m = 0; m < targets.targets().size(); m++) {
            NDArray decided = decided(targets, presence, m);
            NDArray predicted = labels.highest(targets.of(m).target(), small).logicalAnd(decided);
            NDArray counted =
                    targets.shared() || presence.complete()
                            ? labelled
                            : labelled.logicalAnd(samples(targets, presence, m));
            NDList one = Overlap.count(predicted, counted);
            for (int i = 0; i < one.size(); i++) {
                if (m == 0) {
                    counts.add(one.get(i));
                } else {
                    counts.get(i).addi(one.get(i));
                }
            }
        }
        return counts;
    }

    private DecisionShares divide(long[] counts) {
        List<ClassGroup> groups = distillation.config().groups().groups();
        int classes = groups.size();
        double voxels = (double) batch.size() * batch.voxels();
        int decided = DECISIONS.length * classes;
        int overlap = decided + 1;
        int within = overlap + Overlap.COUNTS * classes;
        List<ClassDecisions> byClass = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            byClass.add(
                    new ClassDecisions(
                            groups.get(c).className(),
                            shares(counts, c, classes),
                            labels == null ? Map.of() : shares(counts, within + c, classes),
                            labels == null
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of(dice(counts, overlap + c, classes))));
        }
        double undecided = (voxels - counts[decided]) / voxels;
        return new DecisionShares(byClass, undecided, batch.size() * batch.voxels());
    }

    /**
     * The shares of the decisions, whose counts stand {@code step} places apart; empty if all are
     * 0.
     */
    private static Map<Decision, Double> shares(long[] counts, int first, int step) {
        Map<Decision, Double> shares = new EnumMap<>(Decision.class);
        long all = 0;
        for (Decision decision : DECISIONS) {
            all += counts[first + decision.code() * step];
        }
        for (Decision decision : DECISIONS) {
            if (all > 0) {
                shares.put(decision, counts[first + decision.code() * step] / (double) all);
            }
        }
        return shares;
    }

    private static double dice(long[] counts, int first, int classes) {
        return DiceCoefficient.smoothed(
                counts[first], counts[first + classes], counts[first + 2 * classes]);
    }
}
