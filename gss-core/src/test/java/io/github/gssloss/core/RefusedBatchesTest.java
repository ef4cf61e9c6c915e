/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every array of a batch that does not fit, or is not there, gets a message that names it. */
class RefusedBatchesTest {

    private static final String EVALUATE = "GroupDistillation.evaluate";
    private static final String SOFT_TARGET = "GroupDistillation.softTarget";
    private static final String SHARES = "DecisionShares.of";
    private static final String NO_BRANCHES = "branch logits: expected a value, got null";
    private static final String NO_INPUT = "input: expected a value, got null";
    private static final String NO_THIRD = "branch logits 2: expected a value, got null";
    private static final String WRONG_PRESENT = "present: expected shape (2, 4), got (2, 3)";
    private static final String MISSING =
            "present: expected every modality in the released edition, which has no missing ones,"
                    + " got a matrix with a 0";
    private static final String NO_LABELS =
            "labels, which the ignore index needs: expected a value, got null";
    private static final String WRONG_LABELS =
            "labels: expected class indices of shape (2, 3, 5) or (2, 1, 3, 5), or one-hot labels"
                    + " of shape (2, 4, 3, 5), got (2, 3)";

    private final Refusals refusals = new Refusals();
    private final NDManager manager = NDManager.newBaseManager();
    private final GroupDistillation distillation = new GroupDistillation(GssConfig.paper());
    private final GroupDistillation released = new GroupDistillation(GssConfig.released());
    private final GroupDistillation needsFused =
            new GroupDistillation(GssConfig.builder().optTeacher(PaperTeacher.FUSED).build());
    private final GroupDistillation ignoring =
            new GroupDistillation(GssConfig.builder().optIgnoreIndex(255).build());
    private final NDArray one = manager.zeros(new Shape(2, 4, 3, 5));
    private final NDArray few = manager.ones(new Shape(2, 3));
    private final NDArray lacking =
            manager.create(new int[] {1, 1, 1, 1, 1, 1, 0, 1}, new Shape(2, 4));
    private final NDList four = new NDList(one, one, one, one);
    private final NDList hole = new NDList(Arrays.asList(one, one, null, one));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theDistillation() {
        settings();
        evaluation();
        target();
        shares();
        remedies();
        refusals.coverAllOf(GroupDistillation.class, DecisionShares.class);
    }

    /** Each names what needs the labels, or the ready classes. */
    private void remedies() {
        Teacher labelled =
                new Teacher() {
                    @Override
                    public NDArray target(TeacherInput input) {
                        return input.temperedProbabilities().get(0);
                    }

                    @Override
                    public boolean needsLabels() {
                        return true;
                    }

                    @Override
                    public String toString() {
                        return "MINE";
                    }
                };
        Readiness readiness = Readiness.of(0.5, 0.9, UnreadyVote.NONE);
        needLabels("trust LABEL_WEIGHT", GssConfig.builder().optTrust(Trust.LABEL_WEIGHT).build());
        needLabels("balance CLASS", GssConfig.builder().optBalance(Balance.CLASS).build());
        needLabels("readiness", GssConfig.builder().optReadiness(readiness).build());
        needLabels("the teacher MINE", GssConfig.builder().optTeacher(labelled).build());
        GroupDistillation waiting =
                new GroupDistillation(GssConfig.builder().optReadiness(readiness).build());
        NDArray labels = manager.zeros(new Shape(2, 3, 5));
        refusals.refused(
                "GroupDistillation.evaluate",
                "ready, which the readiness of the settings needs: expected a value, got null",
                () -> waiting.evaluate(Inputs.labelled(four, null, labels)));
        DistillationInput three =
                DistillationInput.builder()
                        .setBranchLogits(four)
                        .optLabels(labels)
                        .optReady(manager.ones(new Shape(3)))
                        .build();
        refusals.refused(
                "GroupDistillation.softTarget",
                "ready: expected shape (4), got (3)",
                () -> waiting.softTarget(three));
        String overlap = "GroupDistillation.leaderOverlap";
        refusals.refused(
                overlap,
                "labels: expected a value, got null",
                () -> distillation.leaderOverlap(DistillationInput.of(four)));
        refusals.refused(
                overlap,
                "input: expected a value, got null",
                () -> distillation.leaderOverlap(null));
        refusals.refused(
                overlap,
                WRONG_PRESENT,
                () -> distillation.leaderOverlap(Inputs.labelled(four, few, labels)));
        refusals.refused(
                overlap,
                NO_THIRD,
                () -> distillation.leaderOverlap(Inputs.labelled(hole, null, labels)));
    }

    private void needLabels(String what, GssConfig config) {
        refusals.refused(
                "GroupDistillation.evaluate",
                "labels, which " + what + " needs: expected a value, got null",
                () -> new GroupDistillation(config).evaluate(DistillationInput.of(four)));
    }

    private void settings() {
        refusals.refused(
                "GroupDistillation",
                "config: expected a value, got null",
                () -> new GroupDistillation(null));
        refusals.refused(
                "GroupDistillation",
                "blockVoxels: expected at least 1, got 0",
                () -> new GroupDistillation(GssConfig.paper(), 0));
        String drawMask = "GroupDistillation.drawMask";
        refusals.refused(
                drawMask,
                "manager: expected a value, got null",
                () -> distillation.drawMask(null, one.getShape()));
        refusals.refused(
                drawMask,
                "logits: expected a value, got null",
                () -> distillation.drawMask(manager, null));
    }

    private void evaluation() {
        refusals.refused(EVALUATE, NO_BRANCHES, () -> distillation.evaluate((NDList) null));
        refusals.refused(EVALUATE, NO_INPUT, () -> distillation.evaluate((DistillationInput) null));
        refusals.refused(EVALUATE, NO_THIRD, () -> distillation.evaluate(hole));
        refusals.refused(
                EVALUATE, WRONG_PRESENT, () -> distillation.evaluate(Inputs.present(four, few)));
        refusals.refused(
                EVALUATE,
                "mask: expected shape (2, 1, 3, 5) for all branches or (4, 2, 1, 3, 5) for each,"
                        + " got (2, 4, 3, 5)",
                () -> distillation.evaluate(Inputs.masked(four, one)));
        refusals.refused(
                EVALUATE,
                "fused: expected shape (2, 4, 3, 5), got (2, 3)",
                () -> needsFused.evaluate(Inputs.of(four, null, null, few)));
        NDList empty = new NDList(Arrays.asList(none(), none(), none(), none()));
        refusals.refused(
                EVALUATE,
                "branch logits 0: expected shape (batch, 4 classes, spatial...) with at least one"
                        + " voxel, got (2, 4, 0)",
                () -> distillation.evaluate(empty));
        refusals.refused(EVALUATE, MISSING, () -> released.evaluate(Inputs.present(four, lacking)));
        refusals.refused(EVALUATE, NO_LABELS, () -> ignoring.evaluate(four));
        refusals.refused(
                EVALUATE, WRONG_LABELS, () -> ignoring.evaluate(Inputs.labelled(four, null, few)));
    }

    private NDArray none() {
        return manager.create(new float[0], new Shape(2, 4, 0));
    }

    private void target() {
        refusals.refused(
                SOFT_TARGET, MISSING, () -> released.softTarget(Inputs.present(four, lacking)));
        refusals.refused(SOFT_TARGET, NO_INPUT, () -> distillation.softTarget(null));
        refusals.refused(
                SOFT_TARGET,
                WRONG_PRESENT,
                () -> distillation.softTarget(Inputs.present(four, few)));
        refusals.refused(
                SOFT_TARGET,
                "fused: expected the fused probabilities of shape (2, 4, 3, 5), which the teacher"
                        + " FUSED needs, got none",
                () -> needsFused.softTarget(DistillationInput.of(four)));
        refusals.refused(
                SOFT_TARGET, NO_LABELS, () -> ignoring.softTarget(DistillationInput.of(four)));
    }

    private void shares() {
        refusals.refused(SHARES, NO_INPUT, () -> DecisionShares.of(distillation, null));
        refusals.refused(
                SHARES, MISSING, () -> DecisionShares.of(released, Inputs.present(four, lacking)));
        refusals.refused(
                SHARES,
                "distillation: expected a value, got null",
                () -> DecisionShares.of(null, DistillationInput.of(four)));
        refusals.refused(
                SHARES,
                NO_THIRD,
                () -> DecisionShares.of(distillation, DistillationInput.of(hole)));
        refusals.refused(
                SHARES,
                WRONG_LABELS,
                () -> DecisionShares.of(distillation, Inputs.labelled(four, null, few)));
        refusals.refused(
                SHARES, NO_LABELS, () -> DecisionShares.of(ignoring, DistillationInput.of(four)));
        refusals.refused(
                "DecisionShares",
                "classes: expected no null, got [null]",
                () -> new DecisionShares(Arrays.asList((ClassDecisions) null), 0, 1, 1));
    }

    @Test
    void aBatchWithoutBranches() {
        refusals.refused("DistillationInput.of", NO_BRANCHES, () -> DistillationInput.of(null));
        refusals.refused(
                "DistillationInput.Builder.setBranchLogits",
                NO_BRANCHES,
                () -> DistillationInput.builder().setBranchLogits(null));
        refusals.refused(
                "DistillationInput.Builder.build",
                NO_BRANCHES,
                () -> DistillationInput.builder().optLabels(one).build());
    }
}
