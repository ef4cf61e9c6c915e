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
 * Counts what a batch's votes came to, on the device and block by block.
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
        Softened softened = Softened.of(batch.logits(block, small), config.temperature());
        Attendance attendance = batch.attendance(block, small);
        Panel confidence = new Panel(softened.confidence(), attendance);
        NDArray codes = config.votingRule().decisions(confidence, config.groups(), attendance);
        NDList counts = new NDList();
        for (Decision decision : DECISIONS) {
            counts.add(Overlap.sum(codes.eq((byte) decision.code())));
        }
        Lessons lessons = Lessons.of(config, batch, block, softened, small);
        counts.add(Overlap.sum(taughtToAny(lessons, attendance)));
        if (labels != null) {
            NDArray truth = labels.oneHot(block, small);
            counts.addAll(overlap(lessons, attendance, truth, small));
            for (Decision decision : DECISIONS) {
                counts.add(Overlap.sum(codes.eq((byte) decision.code()).logicalAnd(truth)));
            }
        }
        return counts;
    }

    /** Where any branch that is present learns anything, boolean (B, 1, V). */
    private NDArray taughtToAny(Lessons lessons, Attendance attendance) {
        NDArray any = null;
        for (int m = 0; m < lessons.lessons().size(); m++) {
            NDArray here = whereTaught(lessons, attendance, m);
            any = any == null ? here : any.logicalOr(here);
        }
        return any;
    }

    /** Where lesson m is taught to a branch that is present, boolean (B, 1, V). */
    private NDArray whereTaught(Lessons lessons, Attendance attendance, int m) {
        NDArray decided = lessons.of(m).decided().gt(0);
        return attendance.everybody()
                ? decided
                : decided.logicalAnd(pupils(lessons, attendance, m));
    }

    /** The samples in which anybody learns from lesson m, boolean (B, 1, 1). */
    private NDArray pupils(Lessons lessons, Attendance attendance, int m) {
        return lessons.shared()
                ? attendance.any(distillation.config().groups().everyone())
                : attendance.any(List.of(m));
    }

    /** With one lesson a branch, of all branches together, each where it is present. */
    private NDList overlap(Lessons lessons, Attendance attendance, NDArray truth, NDManager small) {
        NDList counts = new NDList();
        for (int m = 0; m < lessons.lessons().size(); m++) {
            NDArray taught = whereTaught(lessons, attendance, m);
            NDArray predicted = labels.highest(lessons.of(m).target(), small).logicalAnd(taught);
            NDArray wanted =
                    lessons.shared() || attendance.everybody()
                            ? truth
                            : truth.logicalAnd(pupils(lessons, attendance, m));
            NDList one = Overlap.count(predicted, wanted);
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
     * The shares of the decisions, each counted so many places after the last; empty if none is.
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
        return Overlap.dice(counts[first], counts[first + classes], counts[first + 2 * classes]);
    }
}
