/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every array that does not fit, and every one that is not there, gets a message that names it. */
class RefusedArraysTest {

    private static final String NO_BRANCHES = "branch logits: expected a value, got null";
    private static final String NO_INPUT = "input: expected a value, got null";
    private static final String NO_THIRD = "branch logits 2: expected a value, got null";
    private static final String WRONG_PRESENT = "present: expected shape (2, 4), got (2, 3)";

    private final Refusals refusals = new Refusals();
    private final NDManager manager = NDManager.newBaseManager();
    private final GroupDistillation distillation = new GroupDistillation(GssConfig.paper());
    private final GroupDistillation needsFused =
            new GroupDistillation(GssConfig.builder().optTeacher(PaperTeacher.FUSED).build());
    private final NDArray one = manager.zeros(new Shape(2, 4, 3, 5));
    private final NDArray few = manager.ones(new Shape(2, 3));
    private final NDList four = new NDList(one, one, one, one);
    private final NDList hole = new NDList(Arrays.asList(one, one, null, one));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theDistillation() {
        refusals.refused(
                "GroupDistillation",
                "config: expected a value, got null",
                () -> new GroupDistillation(null));
        String evaluate = "GroupDistillation.evaluate";
        refusals.refused(evaluate, NO_BRANCHES, () -> distillation.evaluate((NDList) null));
        refusals.refused(evaluate, NO_INPUT, () -> distillation.evaluate((DistillationInput) null));
        refusals.refused(evaluate, NO_THIRD, () -> distillation.evaluate(hole));
        refusals.refused(
                evaluate, WRONG_PRESENT, () -> distillation.evaluate(Inputs.present(four, few)));
        refusals.refused(
                evaluate,
                "mask: expected shape (2, 1, 3, 5) for all branches or (4, 2, 1, 3, 5) for each,"
                        + " got (2, 4, 3, 5)",
                () -> distillation.evaluate(Inputs.masked(four, one)));
        refusals.refused(
                evaluate,
                "fused: expected shape (2, 4, 3, 5), got (2, 3)",
                () -> needsFused.evaluate(Inputs.of(four, null, null, few)));
        NDList empty = new NDList(Arrays.asList(none(), none(), none(), none()));
        refusals.refused(
                evaluate,
                "branch logits 0: expected shape (batch, 4 classes, spatial...) with at least one"
                        + " voxel, got (2, 4, 0)",
                () -> distillation.evaluate(empty));
        GroupDistillation released = new GroupDistillation(GssConfig.released());
        NDArray all = manager.create(new int[] {1, 1, 1, 1, 1, 1, 0, 1}, new Shape(2, 4));
        String missing =
                "present: expected every modality in the released edition, which has no missing"
                        + " ones, got a matrix with a 0";
        refusals.refused(evaluate, missing, () -> released.evaluate(Inputs.present(four, all)));
        String softTarget = "GroupDistillation.softTarget";
        refusals.refused(softTarget, missing, () -> released.softTarget(Inputs.present(four, all)));
        refusals.refused(softTarget, NO_INPUT, () -> distillation.softTarget(null));
        refusals.refused(
                softTarget,
                WRONG_PRESENT,
                () -> distillation.softTarget(Inputs.present(four, few)));
        refusals.refused(
                softTarget,
                "fused: expected the fused probabilities of shape (2, 4, 3, 5), which the teacher"
                        + " FUSED needs, got none",
                () -> needsFused.softTarget(DistillationInput.of(four)));
        String of = "DecisionShares.of";
        refusals.refused(of, NO_INPUT, () -> DecisionShares.of(distillation, null));
        refusals.refused(of, missing, () -> DecisionShares.of(released, Inputs.present(four, all)));
        refusals.refused(
                of,
                "distillation: expected a value, got null",
                () -> DecisionShares.of(null, DistillationInput.of(four)));
        refusals.refused(
                of, NO_THIRD, () -> DecisionShares.of(distillation, DistillationInput.of(hole)));
        refusals.refused(
                of,
                "labels: expected class indices of shape (2, 3, 5) or (2, 1, 3, 5), or one-hot"
                        + " labels of shape (2, 4, 3, 5), got (2, 3)",
                () -> DecisionShares.of(distillation, Inputs.labelled(four, null, few)));
        GroupDistillation ignoring =
                new GroupDistillation(GssConfig.builder().optIgnoreIndex(255).build());
        String noLabels = "labels, which the ignore index needs: expected a value, got null";
        refusals.refused(evaluate, noLabels, () -> ignoring.evaluate(four));
        refusals.refused(
                softTarget, noLabels, () -> ignoring.softTarget(DistillationInput.of(four)));
        refusals.refused(
                of, noLabels, () -> DecisionShares.of(ignoring, DistillationInput.of(four)));
        refusals.refused(
                evaluate,
                "labels: expected class indices of shape (2, 3, 5) or (2, 1, 3, 5), or one-hot"
                        + " labels of shape (2, 4, 3, 5), got (2, 3)",
                () -> ignoring.evaluate(Inputs.labelled(four, null, few)));
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
        refusals.refused("DistillationInput.of", NO_BRANCHES, () -> DistillationInput.of(null));
        refusals.refused(
                "DistillationInput.Builder.build",
                NO_BRANCHES,
                () -> DistillationInput.builder().optLabels(one).build());
        refusals.refused(
                "DecisionShares",
                "classes: expected no null, got [null]",
                () -> new DecisionShares(Arrays.asList((ClassDecisions) null), 0, 1));
        refusals.coverAllOf(GroupDistillation.class, DecisionShares.class);
    }

    private NDArray none() {
        return manager.create(new float[0], new Shape(2, 4, 0));
    }

    @Test
    void votes() {
        ClassGroups brats = ClassGroups.brats2020();
        VotingRule rule = new VotingRule(0.5, 0.5, 0);
        String vote = "VotingRule.vote";
        refusals.refused(
                vote,
                "probabilities: expected a value, got null",
                () -> rule.vote(null, four, brats, null));
        refusals.refused(
                vote,
                "temperedProbabilities: expected a value, got null",
                () -> rule.vote(four, null, brats, null));
        refusals.refused(
                vote,
                "temperedProbabilities 2: expected a value, got null",
                () -> rule.vote(four, hole, brats, null));
        refusals.refused(
                vote,
                "groups: expected a value, got null",
                () -> rule.vote(four, four, null, null));
        refusals.refused(vote, WRONG_PRESENT, () -> rule.vote(four, four, brats, few));
        NDArray integers = one.toType(DataType.INT32, false);
        refusals.refused(
                vote,
                "probabilities 0: expected a floating type, got int32",
                () ->
                        rule.vote(
                                new NDList(integers, integers, integers, integers),
                                four,
                                brats,
                                null));
        VotingRule released = new VotingRule(0.5, 0.5, 0, Edition.RELEASED);
        refusals.refused(
                vote,
                "present: expected every modality in the released edition, which has no missing"
                        + " ones, got a matrix with a 0",
                () -> released.vote(four, four, brats, manager.zeros(new Shape(2, 4))));
        refusals.refused(
                "VotingRule",
                "leaderThreshold: expected a number from 0.0 to 1.0, got 7.0",
                () -> new VotingRule(7, 7, 0));
        refusals.coverAllOf(VotingRule.class);
    }

    @Test
    void masks() {
        Shape shape = one.getShape();
        refusals.refused(
                "VoxelMask.draw",
                "manager: expected a value, got null",
                () -> VoxelMask.draw(null, shape, 0.1));
        refusals.refused(
                "VoxelMask.draw",
                "logits: expected a value, got null",
                () -> VoxelMask.draw(manager, null, 0.1));
        refusals.refused(
                "VoxelMask.draw",
                "logits: expected shape (batch, classes, spatial...) with at least one voxel, got"
                        + " (5)",
                () -> VoxelMask.draw(manager, new Shape(5), 0.1));
        refusals.refused(
                "VoxelMask.draw",
                "maskRate: expected a number from 0.0 to 1.0, got NaN",
                () -> VoxelMask.draw(manager, shape, Double.NaN));
        String each = "VoxelMask.drawPerBranch";
        refusals.refused(
                each,
                "logits: expected shape (batch, classes, spatial...) with at least one voxel, got"
                        + " (2, 0)",
                () -> VoxelMask.drawPerBranch(manager, 4, new Shape(2, 0), 0.1));
        refusals.refused(
                each,
                "branches: expected at least 1, got 0",
                () -> VoxelMask.drawPerBranch(manager, 0, shape, 0.1));
        refusals.refused(
                each,
                "maskRate: expected a number from 0.0 to 1.0, got 1.5",
                () -> VoxelMask.drawPerBranch(manager, 4, shape, 1.5));
        refusals.coverAllOf(VoxelMask.class);
    }

    @Test
    void teachersSearchesAndResults() {
        for (PaperTeacher teacher : PaperTeacher.values()) {
            refusals.refused(
                    "PaperTeacher.target",
                    "input: expected a value, got null",
                    () -> teacher.target(null));
        }
        List<String> names = List.of("a", "b", "c", "d");
        refusals.refused(
                "LeaderSearch",
                "modalities: expected a value, got null",
                () -> new LeaderSearch(null, names));
        refusals.refused(
                "LeaderSearch",
                "classes: expected a value, got null",
                () -> new LeaderSearch(names, null));
        LeaderSearch search = new LeaderSearch(names, names);
        refusals.refused(
                "LeaderSearch.add",
                "branches: expected a value, got null",
                () -> search.add(null, one));
        refusals.refused(
                "LeaderSearch.add",
                "labels: expected a value, got null",
                () -> search.add(four, null));
        refusals.refused("LeaderSearch.add", WRONG_PRESENT, () -> search.add(four, one, few));
        refusals.refused(
                "DistillationResult",
                "loss: expected a value, got null",
                () -> new DistillationResult(null, four));
        refusals.refused(
                "DistillationResult",
                "gradients: expected a value, got null",
                () -> new DistillationResult(one, null));
        Vote vote = new Vote(one, one);
        refusals.refused("Vote", "value: expected a value, got null", () -> new Vote(null, one));
        refusals.refused("Vote", "decision: expected a value, got null", () -> new Vote(one, null));
        refusals.refused(
                "SoftTarget",
                "target: expected a value, got null",
                () -> new SoftTarget(null, vote, one));
        refusals.refused(
                "SoftTarget",
                "vote: expected a value, got null",
                () -> new SoftTarget(one, null, one));
        refusals.refused(
                "SoftTarget",
                "decided: expected a value, got null",
                () -> new SoftTarget(one, vote, null));
        refusals.coverAllOf(
                PaperTeacher.class,
                LeaderSearch.class,
                DistillationResult.class,
                Vote.class,
                SoftTarget.class);
    }
}
