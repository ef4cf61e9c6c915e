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

    private static final String WRONG_PRESENT = "present: expected shape (2, 4), got (2, 3)";

    private final Refusals refusals = new Refusals();
    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray one = manager.zeros(new Shape(2, 4, 3, 5));
    private final NDArray few = manager.ones(new Shape(2, 3));
    private final NDList four = new NDList(one, one, one, one);
    private final NDList hole = new NDList(Arrays.asList(one, one, null, one));

    @AfterEach
    void close() {
        manager.close();
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
        for (FallbackTeacher teacher : FallbackTeacher.values()) {
            refusals.refused(
                    "FallbackTeacher.target",
                    "input: expected a value, got null",
                    () -> teacher.target(null));
        }
        TeacherInput noFused = new TeacherInput(four, four, null, null, null, GssConfig.paper());
        refusals.refused(
                "FallbackTeacher.target",
                "fused: expected the fused probabilities, of which FUSED makes the target, got"
                        + " none",
                () -> FallbackTeacher.VOTES_ELSE_FUSED.target(noFused));
        searches();
        results();
        refusals.coverAllOf(
                PaperTeacher.class,
                FallbackTeacher.class,
                LeaderSearch.class,
                DistillationResult.class,
                Vote.class,
                SoftTarget.class);
    }

    private void searches() {
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
    }

    private void results() {
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
                () -> new SoftTarget(null, vote, one, one));
        refusals.refused(
                "SoftTarget",
                "vote: expected a value, got null",
                () -> new SoftTarget(one, null, one, one));
        refusals.refused(
                "SoftTarget",
                "decided: expected a value, got null",
                () -> new SoftTarget(one, vote, null, one));
        refusals.refused(
                "SoftTarget",
                "trust: expected a value, got null",
                () -> new SoftTarget(one, vote, one, null));
    }
}
