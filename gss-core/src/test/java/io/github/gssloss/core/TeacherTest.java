/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other teachers than the vote: the paper's ablations, and teachers of one's own. */
class TeacherTest {

    private static final Shape SHAPE = new Shape(3, 4, 2, 3, 4);
    private static final int M = 4;
    private static final int V = 24;

    /** Sample 1 has one modality alone, sample 2 none. */
    private static final boolean[][] PRESENT = {
        {true, true, true, true}, {false, true, false, false}, {false, false, false, false}
    };

    private static final boolean[][] EVERYBODY = new boolean[3][M];

    static {
        Arrays.stream(EVERYBODY).forEach(row -> Arrays.fill(row, true));
    }

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
        NDArray scores = manager.randomNormal(0, 4, SHAPE, DataType.FLOAT64);
        fused = scores.softmax(1);
        // Some voxels are certain: their other classes have a probability of exactly 0.
        NDArray certain = scores.gt(3).toType(DataType.FLOAT64, false);
        NDArray one = certain.sum(new int[] {1}, true).eq(1).toType(DataType.FLOAT64, false);
        fused = certain.mul(one).add(fused.mul(one.neg().add(1)));
        mask = VoxelMask.draw(manager, SHAPE, 0.3);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static GssConfig config(Teacher teacher, Divergence order, boolean normalised) {
        return GssConfig.builder()
                .optTeacher(teacher)
                .optDivergence(order)
                .optNormalised(normalised)
                .optTemperature(2.5)
                .optFiniteChecked(true)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "TEACHER_TO_STUDENT, true, false",
        "TEACHER_TO_STUDENT, false, true",
        "STUDENT_TO_TEACHER, true, true",
        "STUDENT_TO_TEACHER, false, false"
    })
    void theFusedPredictionTeaches(Divergence order, boolean normalised, boolean missing) {
        GssConfig config = config(PaperTeacher.FUSED, order, normalised);
        double[] p = fused.toDoubleArray();
        assertThat(p).contains(0.0, 1.0);
        agrees(
                config,
                missing,
                (present, z, at) -> {
                    double[] log = new double[4];
                    for (int c = 0; c < 4; c++) {
                        log[c] = Math.log(Math.max(1e-12, p[(at / V * 4 + c) * V + at % V]));
                    }
                    return same(PlainGss.softmax(log, 2.5));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "TEACHER_TO_STUDENT, true, true",
        "TEACHER_TO_STUDENT, false, false",
        "STUDENT_TO_TEACHER, true, false",
        "STUDENT_TO_TEACHER, false, true"
    })
    void theOtherBranchesTeach(Divergence order, boolean normalised, boolean missing) {
        GssConfig config = config(PaperTeacher.MUTUAL, order, normalised);
        PlainLoss loop = agrees(config, missing, (present, z, at) -> othersMean(present, z));
        assertThat(loop.untaught(1)).isEqualTo(missing ? 2 * V : 0);
    }

    private static double[][] othersMean(boolean[] present, double[][] z) {
        double[][] targets = new double[M][];
        for (int m = 0; m < M; m++) {
            double[] mean = new double[4];
            int others = 0;
            for (int o = 0; o < M; o++) {
                if (o != m && present[o]) {
                    others++;
                    double[] q = PlainGss.softmax(z[o], 2.5);
                    for (int c = 0; c < 4; c++) {
                        mean[c] += q[c];
                    }
                }
            }
            int count = others;
            targets[m] = others == 0 ? null : Arrays.stream(mean).map(sum -> sum / count).toArray();
        }
        return targets;
    }

    private static double[][] same(double[] target) {
        double[][] each = new double[M][];
        Arrays.fill(each, target);
        return each;
    }

    private PlainLoss agrees(GssConfig config, boolean missing, PlainLoss.Targets targets) {
        boolean[][] present = missing ? PRESENT : EVERYBODY;
        PlainLoss loop = new PlainLoss(config, logits, present, mask, targets);
        for (long block : new long[] {GroupDistillation.BLOCK_VOXELS, 7}) {
            try (DistillationResult result =
                    new GroupDistillation(config, block)
                            .evaluate(logits, missing ? matrix() : null, mask, fused)) {
                assertThat(result.loss().getDouble()).isCloseTo(loop.loss(), within(1e-12));
                for (int m = 0; m < M; m++) {
                    double[] gradient = result.gradients().get(m).toDoubleArray();
                    for (int i = 0; i < gradient.length; i += 5) {
                        assertThat(gradient[i])
                                .as("branch %d, element %d", m, i)
                                .isCloseTo(loop.difference(m, i), within(1e-9));
                    }
                }
            }
        }
        return loop;
    }

    private NDArray matrix() {
        int[] flat = new int[3 * M];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = PRESENT[i / M][i % M] ? 1 : 0;
        }
        return manager.create(flat, new Shape(3, M));
    }

    @Test
    void votesAreTheDefaultAndNeedNoFusedPrediction() {
        GssConfig named = GssConfig.builder().optTeacher(PaperTeacher.VOTES).build();
        assertThat(named).isEqualTo(GssConfig.paper());
        try (DistillationResult with =
                        new GroupDistillation(named).evaluate(logits, null, mask, fused);
                DistillationResult without =
                        new GroupDistillation(named).evaluate(logits, null, mask)) {
            assertThat(with.loss()).isEqualTo(without.loss());
        }
    }

    /** A teacher of somebody's own, for all branches: half the vote, half the fused prediction. */
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
        GssConfig config = config(new Half(), Divergence.TEACHER_TO_STUDENT, false);
        GssConfig votes = config.toBuilder().optTeacher(PaperTeacher.VOTES).build();
        GssConfig prediction = config.toBuilder().optTeacher(PaperTeacher.FUSED).build();
        try (SoftTarget half = new GroupDistillation(config).softTarget(logits, matrix(), fused);
                SoftTarget vote = new GroupDistillation(votes).softTarget(logits, matrix());
                SoftTarget other =
                        new GroupDistillation(prediction).softTarget(logits, null, fused)) {
            // Sample 2 has no modality: its votes are 0, which softTarget shows as 1 / N.
            NDArray wanted = vote.vote().value().add(other.target()).div(2);
            assertThat(half.target().sub(wanted).abs().max().getDouble()).isLessThan(1e-15);
            assertThat(half.decided().min().getDouble()).isOne();
            assertThat(vote.decided().get(2).max().getDouble()).isZero();
        }
    }

    /** For each branch: its own logits' classes turned by one. */
    private static NDArray turned(TeacherInput input) {
        NDList targets = new NDList();
        for (NDArray q : input.value()) {
            targets.add(q.get(":, 1:").concat(q.get(":, :1"), 1));
        }
        return NDArrays.stack(targets);
    }

    @Test
    void aTeacherOfOnesOwnGivesEachBranchItsOwn() {
        GssConfig config = config(TeacherTest::turned, Divergence.STUDENT_TO_TEACHER, true);
        agrees(
                config,
                true,
                (present, z, at) -> {
                    double[][] targets = new double[M][4];
                    for (int m = 0; m < M; m++) {
                        double[] q = PlainGss.softmax(z[m], 2.5);
                        for (int c = 0; c < 4; c++) {
                            targets[m][c] = q[(c + 1) % 4];
                        }
                    }
                    return targets;
                });
        try (SoftTarget each = new GroupDistillation(config).softTarget(logits, null)) {
            assertThat(each.target().getShape()).isEqualTo(new Shape(M).addAll(SHAPE));
            assertThat(each.decided().getShape()).isEqualTo(new Shape(M, 3, 1, 2, 3, 4));
            assertThat(each.vote().value().getShape()).isEqualTo(SHAPE);
        }
    }

    @Test
    void aTeacherSeesTheBlockItIsAskedAbout() {
        NDArray matrix = matrix();
        Teacher watching =
                input -> {
                    Shape shape = input.value().get(0).getShape();
                    assertThat(shape.dimension()).isEqualTo(3);
                    assertThat(shape.get(1)).isEqualTo(4);
                    assertThat(input.confidence()).hasSize(M);
                    assertThat(input.fused()).isNull();
                    assertThat(input.settings().temperature()).isEqualTo(2.5);
                    long rows = shape.get(0);
                    assertThat(input.present().getShape()).isEqualTo(new Shape(rows, M));
                    return input.value().get(0);
                };
        GssConfig config = config(watching, Divergence.TEACHER_TO_STUDENT, true);
        for (long block : new long[] {7, V, 2 * V, 1000}) {
            // Branch 0 learns itself, so it is not drawn anywhere.
            try (DistillationResult result =
                    new GroupDistillation(config, block).evaluate(logits, matrix, mask, fused)) {
                assertThat(result.gradients().get(0).abs().max().getDouble()).isLessThan(1e-15);
                assertThat(result.gradients().get(1).abs().max().getDouble()).isPositive();
            }
        }
    }

    @Test
    void noGradientFlowsIntoATeacher() {
        NDArray own = manager.full(new Shape(1), 0.5f).toType(DataType.FLOAT64, false);
        own.setRequiresGradient(true);
        Teacher learning = input -> input.value().get(0).mul(own);
        GssConfig config = config(learning, Divergence.TEACHER_TO_STUDENT, true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            try (DistillationResult result =
                    new GroupDistillation(config).evaluate(logits, null, mask)) {
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
            GroupDistillation distillation =
                    new GroupDistillation(config(teacher, Divergence.TEACHER_TO_STUDENT, true));
            distillation.evaluate(logits, null, mask, fused).close();
            distillation.softTarget(logits, null, fused).close();
            DecisionShares.of(distillation, logits, null, null, fused);
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
        GroupDistillation distillation =
                new GroupDistillation(
                        config(PaperTeacher.FUSED, Divergence.TEACHER_TO_STUDENT, true));
        NDArray single = fused.toType(DataType.FLOAT32, false);
        try (DistillationResult h = distillation.evaluate(halves, null, mask, fused);
                DistillationResult s = distillation.evaluate(singles, null, mask, single)) {
            assertThat(h.loss()).isEqualTo(s.loss());
            assertThat(h.loss().getFloat()).isPositive().isFinite();
            assertThat(h.gradients().get(2)).isEqualTo(half.apply(s.gradients().get(2)));
        }
    }

    @Test
    void aSingleModalityHasNobodyToLearnFrom() {
        ClassGroups alone =
                ClassGroups.builder()
                        .setModalities(java.util.List.of("t1"))
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
        assertThat(DecisionShares.of(distillation, one, null, null).undecided()).isOne();
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Divergence order = Divergence.TEACHER_TO_STUDENT;
        GroupDistillation needs = new GroupDistillation(config(PaperTeacher.FUSED, order, true));
        String missing =
                "fused: expected the fused probabilities of shape (3, 4, 2, 3, 4), which the"
                        + " teacher FUSED needs, got none";
        assertThatThrownBy(() -> needs.evaluate(logits)).hasMessage(missing);
        assertThatThrownBy(() -> needs.evaluate(logits, null, mask)).hasMessage(missing);
        assertThatThrownBy(() -> needs.softTarget(logits, null)).hasMessage(missing);
        assertThatThrownBy(() -> DecisionShares.of(needs, logits, null, null)).hasMessage(missing);
        NDArray flat = fused.reshape(3, 4, 24);
        assertThatThrownBy(() -> needs.evaluate(logits, null, mask, flat))
                .hasMessage("fused: expected shape (3, 4, 2, 3, 4), got (3, 4, 24)");
        NDArray whole = fused.toType(DataType.INT32, false);
        assertThatThrownBy(() -> needs.evaluate(logits, null, mask, whole))
                .hasMessage(
                        "fused: expected a floating type on cpu() as the branches, got int32 on"
                                + " cpu()");
        refused(input -> null, "null");
        refused(input -> input.value().get(0).sum(), "(), float64 on cpu()");
        refused(
                input -> input.value().get(0).toType(DataType.FLOAT32, false),
                "(3, 4, 24), float32 on cpu()");
        TeacherInput byHand = new TeacherInput(logits, logits, null, null, GssConfig.paper());
        assertThatThrownBy(() -> PaperTeacher.FUSED.target(byHand))
                .hasMessage(
                        "fused: expected the fused probabilities, which FUSED teaches, got none");
        assertThatThrownBy(() -> new TeacherInput(null, logits, null, null, GssConfig.paper()))
                .hasMessage("confidence: expected a value, got null");
        assertThatThrownBy(() -> new TeacherInput(logits, null, null, null, GssConfig.paper()))
                .hasMessage("value: expected a value, got null");
        assertThatThrownBy(() -> new TeacherInput(logits, logits, null, null, null))
                .hasMessage("settings: expected a value, got null");
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
        GssConfig config = config(new Named(teacher), Divergence.TEACHER_TO_STUDENT, true);
        assertThatThrownBy(() -> new GroupDistillation(config).evaluate(logits))
                .hasMessage(
                        "target of the teacher x: expected shape (3, 4, 24) for all branches or (4,"
                                + " 3, 4, 24) for each, float64 on cpu(), got "
                                + got);
    }
}
