/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Counts the decisions of a batch, on the device and block by block.
 *
 * @param distillation the settings
 * @param batch the branches, and the labels or null
 */
record DecisionCount(GroupDistillation distillation, Batch batch) {

    private static final Decision[] DECISIONS = Decision.values();

    // The rows of the counts, N numbers each: first one row a decision, at its code.
    private static final int DECIDED = DECISIONS.length;
    private static final int KEPT = DECIDED + 1;
    private static final int TRUSTED = KEPT + 1;
    private static final int TARGETS = TRUSTED + 1;
    // With labels.
    private static final int OVERLAP = TARGETS + 1;
    private static final int WITHIN = OVERLAP + Overlap.COUNTS;
    private static final int TRUSTED_WITHIN = WITHIN + DECISIONS.length;
    private static final int TARGETS_WITHIN = TRUSTED_WITHIN + 1;
    private static final int BRANCHES = TARGETS_WITHIN + 1;

    /** Counts and divides; the host waits for the device once, at the end. */
    DecisionShares shares(NDManager work) {
        int n = distillation.config().groups().numClasses();
        NDList counts = new NDList();
        for (VoxelBlock block : distillation.blocks(batch)) {
            try (NDManager small = work.newSubManager()) {
                NDArray ofBlock = NDArrays.concat(count(block, small));
                ofBlock.attach(work);
                counts.add(ofBlock);
            }
        }
        NDArray sums = NDArrays.stack(counts).sum(new int[] {0}).flatten();
        NDArray all =
                batch.ready() == null
                        ? sums
                        : sums.concat(batch.ready().flatten().toType(DataType.FLOAT64, false));
        return divide(new Counts(all.toDoubleArray(), n));
    }

    /** The rows of a block, float64: the first groups of rows, and with labels the others. */
    private NDList count(VoxelBlock block, NDManager small) {
        GssConfig config = distillation.config();
        BranchProbabilities branches =
                BranchProbabilities.of(batch.logits(block, small), config.temperature());
        Presence presence = batch.presence(block, small);
        PresentProbabilities p = new PresentProbabilities(branches.probabilities(), presence);
        NDArray codes = config.votingRule().decisions(p, config.groups(), presence);
        NDArray kept = batch.labels() == null ? null : batch.labels().kept(block, small);
        NDArray all = codes.gte(EngineConstants.of(0, codes));
        NDList counts = byDecision(codes, and(all, kept));
        NDArray y = batch.classOfVoxel(block, config, small);
        BranchTargets targets = BranchTargets.of(config, batch, block, branches, y, small);
        counts.add(Overlap.sum(all.logicalAnd(and(decidedForAny(targets, presence), kept))));
        counts.add(Overlap.sum(and(all, kept)));
        counts.addAll(trusted(targets, presence, and(all, kept)));
        if (batch.labels() != null) {
            NDArray labelled = batch.labels().oneHot(block, small);
            counts.addAll(overlap(targets, presence, labelled, kept));
            counts.addAll(byDecision(codes, labelled));
            counts.addAll(trusted(targets, presence, labelled));
            counts.add(
                    BranchOverlap.count(branches.probabilities(), labelled, kept, presence)
                            .reshape(-1, config.groups().numClasses()));
        }
        return rows(counts, config.groups().numClasses());
    }

    private static NDList rows(NDList counts, int numClasses) {
        NDList rows = new NDList();
        counts.forEach(
                row -> rows.add(row.toType(DataType.FLOAT64, false).reshape(-1, numClasses)));
        return rows;
    }

    /**
     * The trust in the targets, summed over some voxels, and how many targets that are: one a
     * voxel, or one for each of its branches that are present.
     *
     * @param among the voxels, boolean (B, N, V)
     */
    private NDList trusted(BranchTargets targets, Presence presence, NDArray among) {
        NDArray trusted = null;
        NDArray counted = null;
        for (int m = 0; m < targets.size(); m++) {
            NDArray voxels =
                    presence.complete() ? among : among.logicalAnd(samples(targets, presence, m));
            NDArray weight = targets.of(m).weight().toType(DataType.FLOAT64, false);
            NDArray sum = Overlap.sum(voxels.toType(DataType.FLOAT64, false).mul(weight));
            // Nothing of a sample without modalities is trusted.
            NDArray count = Overlap.sum(targets.shared() ? among : voxels);
            trusted = trusted == null ? sum : trusted.add(sum);
            counted = counted == null ? count : counted.add(count);
        }
        return new NDList(trusted, counted);
    }

    private static NDList byDecision(NDArray codes, NDArray among) {
        NDList counts = new NDList();
        for (Decision decision : DECISIONS) {
            NDArray code = EngineConstants.of(decision.code(), codes);
            counts.add(Overlap.sum(codes.eq(code).logicalAnd(among)));
        }
        return counts;
    }

    private static NDArray and(NDArray voxels, NDArray kept) {
        return kept == null ? voxels : voxels.logicalAnd(kept);
    }

    /** The voxels decided for any branch that is present, boolean (B, 1, V). */
    private NDArray decidedForAny(BranchTargets targets, Presence presence) {
        NDArray any = null;
        for (int m = 0; m < targets.size(); m++) {
            NDArray decided = decided(targets, presence, m);
            any = any == null ? decided : any.logicalOr(decided);
        }
        return any;
    }

    /** The voxels where target m is decided and a branch with it is present, boolean (B, 1, V). */
    private NDArray decided(BranchTargets targets, Presence presence, int m) {
        NDArray numbers = targets.of(m).decided();
        NDArray decided = numbers.gt(EngineConstants.of(0, numbers));
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
            BranchTargets targets, Presence presence, NDArray labelled, NDArray kept) {
        NDList counts = new NDList();
        for (int m = 0; m < targets.size(); m++) {
            NDArray decided = decided(targets, presence, m);
            NDArray predicted = highest(targets.of(m).target()).logicalAnd(and(decided, kept));
            NDArray counted =
                    targets.shared() || presence.complete()
                            ? labelled
                            : labelled.logicalAnd(samples(targets, presence, m));
            NDList one = Overlap.countByClass(predicted, counted);
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

    private static NDArray highest(NDArray scores) {
        return HighestClass.of(scores, scores.getManager()).oneHot();
    }

    private DecisionShares divide(Counts counts) {
        int n = distillation.config().groups().numClasses();
        List<ClassDecisions> byClass =
                IntStream.range(0, n).mapToObj(c -> ofClass(counts, c)).toList();
        long voxels = counts.at(KEPT, 0);
        double undecided = voxels - counts.at(DECIDED, 0);
        return new DecisionShares(
                byClass,
                undecided / Math.max(1, voxels),
                counts.ratio(TRUSTED, TARGETS, 0).orElse(0),
                voxels);
    }

    private ClassDecisions ofClass(Counts counts, int c) {
        String name = distillation.config().groups().classNames().get(c);
        Optional<Boolean> ready =
                batch.ready() == null ? Optional.empty() : Optional.of(counts.last(c) > 0);
        OptionalDouble none = OptionalDouble.empty();
        if (batch.labels() == null) {
            return new ClassDecisions(
                    name, counts.shares(0, c), Map.of(), none, none, List.of(), List.of(), ready);
        }
        return new ClassDecisions(
                name,
                counts.shares(0, c),
                counts.any(WITHIN, c) ? counts.shares(WITHIN, c) : Map.of(),
                OptionalDouble.of(counts.targetDice(c)),
                counts.ratio(TRUSTED_WITHIN, TARGETS_WITHIN, c),
                ofBranches(row -> counts.ratio(row + 1, row + 2, c)),
                ofBranches(row -> counts.dice(row, c)),
                ready);
    }

    /** A number of each branch, from the first of its rows. */
    private List<OptionalDouble> ofBranches(IntFunction<OptionalDouble> number) {
        return IntStream.range(0, distillation.config().groups().numModalities())
                .mapToObj(m -> number.apply(BRANCHES + Overlap.COUNTS * m))
                .toList();
    }

    /** Counts by row and class, row after row. */
    private static final class Counts {

        private final double[] values;
        private final int classes;

        Counts(double[] values, int classes) {
            this.values = values;
            this.classes = classes;
        }

        /** The quotient of two rows; empty if the second is 0. */
        OptionalDouble ratio(int row, int over, int classIndex) {
            double divisor = values[over * classes + classIndex];
            return divisor == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(values[row * classes + classIndex] / divisor);
        }

        /** The number of a class in the last row. */
        double last(int classIndex) {
            return values[values.length - classes + classIndex];
        }

        long at(int row, int classIndex) {
            return Math.round(values[row * classes + classIndex]);
        }

        /** Whether there is any decision in the rows that start at {@code row}. */
        boolean any(int row, int classIndex) {
            return sum(row, classIndex) > 0;
        }

        private long sum(int row, int classIndex) {
            long sum = 0;
            for (Decision decision : DECISIONS) {
                sum += at(row + decision.code(), classIndex);
            }
            return sum;
        }

        /** The shares of the decisions, whose rows start at {@code row}; all 0 if none was made. */
        Map<Decision, Double> shares(int row, int classIndex) {
            double all = Math.max(1, sum(row, classIndex));
            Map<Decision, Double> shares = new EnumMap<>(Decision.class);
            for (Decision decision : DECISIONS) {
                shares.put(decision, at(row + decision.code(), classIndex) / all);
            }
            return shares;
        }

        /** Dice from the three rows of an overlap, where a voxel is labelled. */
        OptionalDouble dice(int row, int classIndex) {
            return DiceCoefficient.ifLabelled(
                    at(row, classIndex), at(row + 1, classIndex), at(row + 2, classIndex));
        }

        double targetDice(int classIndex) {
            return DiceCoefficient.smoothed(
                    at(OVERLAP, classIndex),
                    at(OVERLAP + 1, classIndex),
                    at(OVERLAP + 2, classIndex));
        }
    }
}
