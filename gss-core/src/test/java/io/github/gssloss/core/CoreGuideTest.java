/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the code of the guide to gss-core. */
class CoreGuideTest {

    private static final ClassGroups GROUPS =
            ClassGroups.parse(List.of("flair", "t1ce"), "rest: flair, t1ce; tumour: t1ce");

    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray flair =
            manager.create(new float[] {2, 0, 0, 1, 0, 1, 0, 3}, new Shape(1, 2, 4));
    private final NDArray t1ce =
            manager.create(new float[] {3, 1, 0, 0, 0, 0, 1, 0}, new Shape(1, 2, 4));
    private final NDArray labels = manager.create(new int[] {0, 1, 1, 1}, new Shape(1, 4));
    private final GssConfig settings = GssConfig.builder().optGroups(GROUPS).build();
    private final NDList logits = new NDList(flair, t1ce);

    @AfterEach
    void close() {
        manager.close();
    }

    private static void prints(Object output) throws IOException {
        assertThat(Pages.blocks(Pages.CORE, "text")).contains(output + "\n");
    }

    @Test
    void theGuideShowsTheCodeOfTheTestsAndNoOther() throws IOException {
        assertThat(Pages.blocks(Pages.CORE, "java"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Pages.snippets("io/github/gssloss/core"));
    }

    @Test
    void votes() throws IOException {
        // [votes
        ClassGroups groups =
                ClassGroups.parse(List.of("flair", "t1ce"), "rest: flair, t1ce; tumour: t1ce");
        VotingRule rule = new VotingRule(0.65, 0.75, 0.3);

        // One sample, two classes, four voxels: first the logits of "rest", then of "tumour".
        NDArray flair = manager.create(new float[] {2, 0, 0, 1, 0, 1, 0, 3}, new Shape(1, 2, 4));
        NDArray t1ce = manager.create(new float[] {3, 1, 0, 0, 0, 0, 1, 0}, new Shape(1, 2, 4));
        NDList probabilities = new NDList(flair.softmax(1), t1ce.softmax(1));
        NDList tempered = new NDList(flair.div(8).softmax(1), t1ce.div(8).softmax(1));

        Vote vote = rule.vote(probabilities, tempered, groups, null);
        List<Decision> decisions = new ArrayList<>();
        for (byte code : vote.decision().toByteArray()) {
            decisions.add(Decision.values()[code]);
        }
        // votes]
        prints(decisions);
        assertThat(groups).isEqualTo(GROUPS);
        assertThat(flair).isEqualTo(this.flair);
        assertThat(t1ce).isEqualTo(this.t1ce);
    }

    @Test
    void settings() {
        ClassGroups groups = GROUPS;
        // [settings
        GssConfig best = GssConfig.paper();
        GssConfig base = GssConfig.paperAblation();
        GssConfig released = GssConfig.released();
        GssConfig mine = best.toBuilder().optGroups(groups).optTemperature(4).build();
        // settings]
        assertThat(best).isEqualTo(GssConfig.builder().build());
        assertThat(base.temperature()).isEqualTo(10);
        assertThat(released.edition()).isEqualTo(Edition.RELEASED);
        assertThat(mine.temperature()).isEqualTo(4);
        assertThat(mine.groups()).isEqualTo(groups);
    }

    @Test
    void distillation() {
        // [distillation
        GroupDistillation distillation = new GroupDistillation(settings);
        try (DistillationResult result = distillation.evaluate(new NDList(flair, t1ce))) {
            NDArray loss = result.loss();
            NDArray ofFlair = result.gradients().get(0);
            System.out.println(loss.getFloat() + " and a gradient of shape " + ofFlair.getShape());
        }
        // distillation]
        // [target
        DistillationInput batch = DistillationInput.of(new NDList(flair, t1ce));
        try (SoftTarget soft = distillation.softTarget(batch)) {
            NDArray target = soft.target();
            NDArray decided = soft.decided();
            System.out.println(target.sum(new int[] {1}).mul(decided.squeeze(1)));
        }
        // target]
        try (DistillationResult result = distillation.evaluate(logits);
                SoftTarget soft = distillation.softTarget(batch)) {
            assertThat(result.gradients().get(0).getShape()).isEqualTo(new Shape(1, 2, 4));
            assertThat(soft.decided().min().getFloat()).isOne();
        }
    }

    @Test
    void missing() {
        GroupDistillation distillation = new GroupDistillation(settings);
        // [missing
        NDArray present = manager.create(new float[] {1, 0}, new Shape(1, 2));
        DistillationInput batch =
                DistillationInput.builder().setBranchLogits(logits).optPresent(present).build();
        try (DistillationResult result = distillation.evaluate(batch)) {
            float gradient = result.gradients().get(1).abs().max().getFloat();
            System.out.println("gradient of the absent t1ce: " + gradient);
        }
        // missing]
        try (DistillationResult result = distillation.evaluate(batch)) {
            assertThat(result.gradients().get(1).abs().max().getFloat()).isZero();
        }
    }

    @Test
    void ignoredVoxels() {
        // [ignored
        GssConfig ignoring = settings.toBuilder().optIgnoreIndex(255).build();
        NDArray partly = manager.create(new int[] {0, 255, 1, 255}, new Shape(1, 4));
        DistillationInput batch =
                DistillationInput.builder().setBranchLogits(logits).optLabels(partly).build();
        try (DistillationResult result = new GroupDistillation(ignoring).evaluate(batch)) {
            NDArray ofFlair = result.gradients().get(0);
            System.out.println("gradient at an ignored voxel: " + ofFlair.getFloat(0, 0, 1));
        }
        // ignored]
        GssConfig unmasked = ignoring.toBuilder().optMaskRate(0).build();
        try (DistillationResult result = new GroupDistillation(unmasked).evaluate(batch)) {
            NDArray largest = result.gradients().get(0).abs().max(new int[] {1}).squeeze(0);
            assertThat(largest.getFloat(1)).isZero();
            assertThat(largest.getFloat(3)).isZero();
            assertThat(largest.getFloat(0)).isPositive();
        }
    }

    @Test
    void teachers() {
        NDArray fusedProbabilities = flair.add(t1ce).softmax(1);
        // [teachers
        GssConfig mutual = settings.toBuilder().optTeacher(PaperTeacher.MUTUAL).build();
        GssConfig fused = settings.toBuilder().optTeacher(PaperTeacher.FUSED).build();
        GroupDistillation towardsFused = new GroupDistillation(fused);
        DistillationInput batch =
                DistillationInput.builder()
                        .setBranchLogits(logits)
                        .optFused(fusedProbabilities)
                        .build();
        towardsFused.evaluate(batch).close();
        // teachers]
        new GroupDistillation(mutual).evaluate(logits).close();
        // [own
        Teacher mean =
                input -> {
                    NDArray sum = input.temperedProbabilities().get(0);
                    for (NDArray q : input.temperedProbabilities().subNDList(1)) {
                        sum = sum.add(q);
                    }
                    return sum;
                };
        GssConfig towardsTheMean = settings.toBuilder().optTeacher(mean).build();
        // own]
        try (SoftTarget soft =
                new GroupDistillation(towardsTheMean).softTarget(DistillationInput.of(logits))) {
            NDArray wanted = flair.div(8).softmax(1).add(t1ce.div(8).softmax(1)).div(2);
            assertThat(soft.target().sub(wanted).abs().max().getFloat()).isLessThan(1e-6f);
        }
    }

    @Test
    void trust() throws IOException {
        // [trust
        GssConfig trusting = settings.toBuilder().optTrust(Trust.LABEL).build();
        NDArray labels = manager.create(new int[] {0, 1, 1, 1}, new Shape(1, 4));
        DistillationInput batch =
                DistillationInput.builder().setBranchLogits(logits).optLabels(labels).build();
        try (SoftTarget soft = new GroupDistillation(trusting).softTarget(batch)) {
            System.out.println(Arrays.toString(soft.trust().toFloatArray()));
        }
        // trust]
        try (SoftTarget soft = new GroupDistillation(trusting).softTarget(batch)) {
            prints(Arrays.toString(soft.trust().toFloatArray()));
        }
    }

    @Test
    void readiness() {
        DistillationInput batch =
                DistillationInput.builder().setBranchLogits(logits).optLabels(labels).build();
        // [ready
        Readiness bar = Readiness.of(0.55, 0.99, UnreadyVote.LABEL);
        GssConfig whenReady = settings.toBuilder().optReadiness(bar).build();
        GroupDistillation distillation = new GroupDistillation(whenReady);
        NDArray counts = distillation.leaderOverlap(batch);
        NDArray dice = counts.get(0).mul(2).div(counts.get(1).add(counts.get(2)));
        DistillationInput known =
                DistillationInput.builder()
                        .setBranchLogits(logits)
                        .optLabels(labels)
                        .optReady(dice.gt(bar.bar()))
                        .build();
        distillation.evaluate(known).close();
        // ready]
        // Rest, labelled at voxel 0, is led by flair, which predicts it at 0 and 2, and by t1ce, at
        // 0, 1 and 3: 2 * 2 / (5 + 2). Tumour, at the others, is led by t1ce, at 2: 2 / (1 + 3).
        assertThat(dice.toDoubleArray()).containsExactly(4.0 / 7, 0.5);
        assertThat(known.ready().toBooleanArray()).containsExactly(true, false);
    }

    @Test
    void shares() throws IOException {
        GroupDistillation distillation = new GroupDistillation(settings);
        // [shares
        NDArray labels = manager.create(new int[] {0, 1, 1, 1}, new Shape(1, 4));
        DistillationInput batch =
                DistillationInput.builder().setBranchLogits(logits).optLabels(labels).build();
        DecisionShares shares = DecisionShares.of(distillation, batch);
        double byTheMinimum = shares.classes().get(1).share(Decision.MINIMUM);
        System.out.println(shares.toTable());
        // shares]
        assertThat(byTheMinimum).isBetween(0.0, 1.0);
        prints(shares.toTable());
    }

    @Test
    void leaders() throws IOException {
        // [leaders
        LeaderSearch search = new LeaderSearch(List.of("flair", "t1ce"), List.of("rest", "tumour"));
        search.add(logits, labels);
        ModalityDice dice = search.dice();
        ClassGroups best = dice.best();
        ClassGroups good = dice.within(0.1);
        System.out.println(dice.toTable());
        // leaders]
        prints(dice.toTable());
        prints(best);
        assertThat(good.modalities()).isEqualTo(best.modalities());
    }
}
