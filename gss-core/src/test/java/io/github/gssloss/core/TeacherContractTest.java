/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a teacher may count on, and what it must not do. */
class TeacherContractTest {

    private static final Shape SHAPE = new Shape(3, 4, 2, 3, 4);
    private static final int M = 4;
    private static final int V = 24;

    private final NDManager manager = NDManager.newBaseManager();
    private NDList logits;
    private NDArray fused;
    private NDArray mask;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(11);
        logits = new NDList();
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64));
        }
        fused = manager.randomNormal(0, 4, SHAPE, DataType.FLOAT64).softmax(1);
        mask = VoxelMask.draw(manager, SHAPE, 0.3);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static GssConfig config(Teacher teacher, boolean normalised) {
        return GssConfig.builder()
                .optTeacher(teacher)
                .optNormalised(normalised)
                .optTemperature(2.5)
                .optFiniteChecked(true)
                .build();
    }

    /** Sample 1 has one modality alone, sample 2 none. */
    private NDArray matrix() {
        return manager.create(new int[] {1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0}, new Shape(3, M));
    }

    @Test
    void votesAreTheDefaultAndNeedNoFusedPrediction() {
        GssConfig named = GssConfig.builder().optTeacher(PaperTeacher.VOTES).build();
        assertThat(named).isEqualTo(GssConfig.paper());
        try (DistillationResult with =
                        new GroupDistillation(named)
                                .evaluate(Inputs.of(logits, null, mask, fused));
                DistillationResult without =
                        new GroupDistillation(named).evaluate(Inputs.masked(logits, mask))) {
            assertThat(with.loss()).isEqualTo(without.loss());
        }
    }

    /**
     * A teacher that is not the paper's, for all branches: half the vote, half the fused
     * probabilities.
     */
    private record Half() implements Teacher {

        @Override
        public NDArray target(TeacherInput input) {
            return PaperTeacher.VOTES.target(input).add(PaperTeacher.FUSED.target(input)).div(2);
        }

        @Override
        public boolean needsFused() {
            return true;
        }
    }

    @Test
    void aTeacherOfOnesOwnGivesOneTargetForAllBranches() {
        GssConfig config = config(new Half(), false);
        GssConfig votes = config.toBuilder().optTeacher(PaperTeacher.VOTES).build();
        GssConfig prediction = config.toBuilder().optTeacher(PaperTeacher.FUSED).build();
        try (SoftTarget half =
                        new GroupDistillation(config)
                                .softTarget(Inputs.of(logits, matrix(), null, fused));
                SoftTarget vote =
                        new GroupDistillation(votes).softTarget(Inputs.present(logits, matrix()));
                SoftTarget other =
                        new GroupDistillation(prediction)
                                .softTarget(Inputs.of(logits, null, null, fused))) {
            // Sample 2 has no modality: its votes are 0, which softTarget shows as 1 / N.
            NDArray wanted = vote.vote().value().add(other.target()).div(2);
            assertThat(half.target().sub(wanted).abs().max().getDouble()).isLessThan(1e-15);
            assertThat(half.decided().min().getDouble()).isOne();
            assertThat(vote.decided().get(2).max().getDouble()).isZero();
        }
    }

    @Test
    void aTeacherSeesTheBlockItIsAskedAbout() {
        NDArray matrix = matrix();
        Teacher watching =
                input -> {
                    Shape shape = input.temperedProbabilities().get(0).getShape();
                    assertThat(shape.dimension()).isEqualTo(3);
                    assertThat(shape.get(1)).isEqualTo(4);
                    assertThat(input.probabilities()).hasSize(M);
                    assertThat(input.fused()).isNull();
                    assertThat(input.config().temperature()).isEqualTo(2.5);
                    long rows = shape.get(0);
                    assertThat(input.present().getShape()).isEqualTo(new Shape(rows, M));
                    return input.temperedProbabilities().get(0);
                };
        GssConfig config = config(watching, true);
        for (long block : new long[] {7, V, 2 * V, 1000}) {
            // The target of branch 0 is its own probabilities, so its gradient is 0.
            try (DistillationResult result =
                    new GroupDistillation(config, block)
                            .evaluate(Inputs.of(logits, matrix, mask, fused))) {
                assertThat(result.gradients().get(0).abs().max().getDouble()).isLessThan(1e-15);
                assertThat(result.gradients().get(1).abs().max().getDouble()).isPositive();
            }
        }
    }

    @Test
    void noGradientFlowsIntoATeacher() {
        NDArray own = manager.full(new Shape(1), 0.5f).toType(DataType.FLOAT64, false);
        own.setRequiresGradient(true);
        Teacher trainable = input -> input.temperedProbabilities().get(0).mul(own);
        GssConfig config = config(trainable, true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            try (DistillationResult result =
                    new GroupDistillation(config).evaluate(Inputs.masked(logits, mask))) {
                NDArray loss = result.loss().add(own.sum());
                collector.backward(loss);
            }
        }
        assertThat(own.getGradient().getDouble()).isOne();
    }

    @Test
    void nothingOfATeacherStays() {
        int before = manager.getManagedArrays().size();
        for (Teacher teacher :
                new Teacher[] {PaperTeacher.FUSED, PaperTeacher.MUTUAL, new Half()}) {
            GroupDistillation distillation = new GroupDistillation(config(teacher, true));
            distillation.evaluate(Inputs.of(logits, null, mask, fused)).close();
            distillation.softTarget(Inputs.of(logits, null, null, fused)).close();
            DecisionShares.of(distillation, Inputs.labelled(logits, null, null, fused));
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void halfPrecisionAndAFusedPredictionOfAnotherType() {
        UnaryOperator<NDArray> half = array -> array.toType(DataType.FLOAT16, false);
        NDList halves = new NDList();
        NDList singles = new NDList();
        for (NDArray z : logits) {
            halves.add(half.apply(z));
            singles.add(half.apply(z).toType(DataType.FLOAT32, false));
        }
        GroupDistillation distillation = new GroupDistillation(config(PaperTeacher.FUSED, true));
        NDArray single = fused.toType(DataType.FLOAT32, false);
        try (DistillationResult h = distillation.evaluate(Inputs.of(halves, null, mask, fused));
                DistillationResult s =
                        distillation.evaluate(Inputs.of(singles, null, mask, single))) {
            assertThat(h.loss()).isEqualTo(s.loss());
            assertThat(h.loss().getFloat()).isPositive().isFinite();
            assertThat(h.gradients().get(2)).isEqualTo(s.gradients().get(2));
        }
    }

    @Test
    void aSingleModalityHasNoMutualTarget() {
        ClassGroups alone =
                ClassGroups.builder()
                        .setModalities(List.of("t1"))
                        .addClass("a", "t1")
                        .addClass("b", "t1")
                        .addClass("c", "t1")
                        .addClass("d", "t1")
                        .build();
        GssConfig config =
                GssConfig.builder().optGroups(alone).optTeacher(PaperTeacher.MUTUAL).build();
        GroupDistillation distillation = new GroupDistillation(config);
        NDList one = new NDList(logits.get(0));
        try (DistillationResult result = distillation.evaluate(one)) {
            assertThat(result.loss().getDouble()).isZero();
            assertThat(result.gradients().get(0).abs().max().getDouble()).isZero();
        }
        assertThat(DecisionShares.of(distillation, DistillationInput.of(one)).undecided()).isOne();
    }

    @Test
    void whatDoesNotFitIsNamed() {
        GroupDistillation needs = new GroupDistillation(config(PaperTeacher.FUSED, true));
        String missing =
                "fused: expected the fused probabilities of shape (3, 4, 2, 3, 4), which the"
                        + " teacher FUSED needs, got none";
        assertThatThrownBy(() -> needs.evaluate(logits)).hasMessage(missing);
        assertThatThrownBy(() -> needs.evaluate(Inputs.masked(logits, mask))).hasMessage(missing);
        assertThatThrownBy(() -> needs.softTarget(DistillationInput.of(logits)))
                .hasMessage(missing);
        assertThatThrownBy(() -> DecisionShares.of(needs, DistillationInput.of(logits)))
                .hasMessage(missing);
        NDArray flat = fused.reshape(3, 4, 24);
        assertThatThrownBy(() -> needs.evaluate(Inputs.of(logits, null, mask, flat)))
                .hasMessage("fused: expected shape (3, 4, 2, 3, 4), got (3, 4, 24)");
        NDArray whole = fused.toType(DataType.INT32, false);
        assertThatThrownBy(() -> needs.evaluate(Inputs.of(logits, null, mask, whole)))
                .hasMessage(
                        "fused: expected a floating type on cpu() as the branches, got int32 on"
                                + " cpu()");
        refused(input -> null, "null");
        refused(input -> input.temperedProbabilities().get(0).sum(), "(), float64 on cpu()");
        refused(
                input -> input.temperedProbabilities().get(0).toType(DataType.FLOAT32, false),
                "(3, 4, 24), float32 on cpu()");
        TeacherInput byHand = new TeacherInput(logits, logits, null, null, null, GssConfig.paper());
        assertThatThrownBy(() -> PaperTeacher.FUSED.target(byHand))
                .hasMessage(
                        "fused: expected the fused probabilities, of which FUSED makes the target,"
                                + " got none");
        assertThatThrownBy(
                        () -> new TeacherInput(null, logits, null, null, null, GssConfig.paper()))
                .hasMessage("probabilities: expected a value, got null");
        assertThatThrownBy(
                        () -> new TeacherInput(logits, null, null, null, null, GssConfig.paper()))
                .hasMessage("temperedProbabilities: expected a value, got null");
        assertThatThrownBy(() -> new TeacherInput(logits, logits, null, null, null, null))
                .hasMessage("config: expected a value, got null");
        assertThatThrownBy(
                        () ->
                                GssConfig.released().toBuilder()
                                        .optTeacher(PaperTeacher.MUTUAL)
                                        .build())
                .hasMessage("teacher: expected VOTES in edition RELEASED, got MUTUAL");
    }

    /** A teacher that calls itself x. */
    private record Named(Teacher teacher) implements Teacher {

        @Override
        public NDArray target(TeacherInput input) {
            return teacher.target(input);
        }

        @Override
        public String toString() {
            return "x";
        }
    }

    private void refused(Teacher teacher, String got) {
        GssConfig config = config(new Named(teacher), true);
        assertThatThrownBy(() -> new GroupDistillation(config).evaluate(logits))
                .hasMessage(
                        "target of the teacher x: expected shape (3, 4, 24) for all branches or (4,"
                                + " 3, 4, 24) for each, float64 on cpu(), got "
                                + got);
    }
}
