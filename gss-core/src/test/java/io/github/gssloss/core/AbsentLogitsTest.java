/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in the logits of an absent modality, every result is that of zeros there. */
class AbsentLogitsTest {

    private static final Shape SHAPE = new Shape(4, 4, 2, 3, 5);
    private static final int M = 4;
    private static final int V = 30;

    /** Sample 1 lacks one modality, sample 2 has one alone, sample 3 none. */
    private static final int[] PRESENT = {1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0};

    private static final double[] GARBAGE = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 6e4
    };

    private final NDManager manager = NDManager.newBaseManager();
    private NDArray present;
    private NDArray mask;
    private NDArray fused;
    private NDArray labels;

    /** The same logits, with numbers that must not count and with zeros where they are absent. */
    private NDList bad;

    private NDList zeros;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(23);
        draw(DataType.FLOAT64);
        present = manager.create(PRESENT, new Shape(4, M));
        mask = VoxelMask.draw(manager, SHAPE, 0.3);
        fused = manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64).softmax(1);
        labels = manager.randomInteger(0, 4, new Shape(4, 2, 3, 5), DataType.INT32);
    }

    private void draw(DataType type) {
        bad = new NDList();
        zeros = new NDList();
        for (int m = 0; m < M; m++) {
            NDArray z = manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64);
            bad.add(filled(z, m, GARBAGE).toType(type, false));
            zeros.add(filled(z, m, 0).toType(type, false));
        }
    }

    /** A copy in which the samples without modality m hold some numbers in turn. */
    private NDArray filled(NDArray z, int m, double... numbers) {
        double[] flat = z.toDoubleArray();
        int sample = 4 * V;
        for (int i = 0; i < flat.length; i++) {
            if (PRESENT[i / sample * M + m] == 0) {
                flat[i] = numbers[i % numbers.length];
            }
        }
        return manager.create(flat).reshape(SHAPE);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static Stream<GssConfig> settings() {
        List<GssConfig> all = new ArrayList<>();
        for (PaperTeacher teacher : PaperTeacher.values()) {
            for (Divergence order : List.of(Divergence.FORWARD_KL, Divergence.REVERSE_KL)) {
                for (boolean normalised : new boolean[] {true, false}) {
                    all.add(
                            GssConfig.builder()
                                    .optTeacher(teacher)
                                    .optDivergence(order)
                                    .optNormalised(normalised)
                                    .optTemperature(2)
                                    .optFiniteChecked(normalised)
                                    .build());
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void lossAndGradientsAreBitEqualAndAbsentOnesZero(GssConfig config) {
        for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32, DataType.FLOAT16)) {
            draw(type);
            for (GroupDistillation distillation :
                    List.of(new GroupDistillation(config), new GroupDistillation(config, 7))) {
                try (DistillationResult got =
                                distillation.evaluate(Inputs.of(bad, present, mask, fused));
                        DistillationResult wanted =
                                distillation.evaluate(Inputs.of(zeros, present, mask, fused))) {
                    assertThat(got.loss()).isEqualTo(wanted.loss());
                    assertThat(got.loss().toType(DataType.FLOAT64, false).getDouble())
                            .isPositive()
                            .isFinite();
                    for (int m = 0; m < M; m++) {
                        NDArray gradient = got.gradients().get(m);
                        assertThat(gradient).isEqualTo(wanted.gradients().get(m));
                        onlyThePresentAreDistilled(gradient.toType(DataType.FLOAT64, false), m);
                    }
                }
            }
        }
    }

    private static void onlyThePresentAreDistilled(NDArray gradient, int m) {
        for (int b = 0; b < 4; b++) {
            double largest = gradient.get(b).abs().max().getDouble();
            if (PRESENT[b * M + m] == 0) {
                assertThat(largest).as("sample %d, branch %d", b, m).isZero();
            } else {
                assertThat(largest).as("sample %d, branch %d", b, m).isFinite();
            }
        }
        assertThat(gradient.abs().max().getDouble()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void targetsAndDecisionsAreEqual(GssConfig config) {
        GroupDistillation distillation = new GroupDistillation(config);
        try (SoftTarget got = distillation.softTarget(Inputs.of(bad, present, null, fused));
                SoftTarget wanted =
                        distillation.softTarget(Inputs.of(zeros, present, null, fused))) {
            assertThat(got.target()).isEqualTo(wanted.target());
            assertThat(got.target().sum().getDouble()).isPositive().isFinite();
            assertThat(got.decided()).isEqualTo(wanted.decided());
            assertThat(got.vote().value()).isEqualTo(wanted.vote().value());
            assertThat(got.vote().decision()).isEqualTo(wanted.vote().decision());
        }
        assertThat(DecisionShares.of(distillation, Inputs.labelled(bad, present, labels, fused)))
                .isEqualTo(
                        DecisionShares.of(
                                distillation, Inputs.labelled(zeros, present, labels, fused)));
    }

    @Test
    void leadersAreEqual() {
        List<String> names = ClassGroups.brats2020().modalities();
        List<String> classes = ClassGroups.brats2020().classNames();
        ModalityDice got = new LeaderSearch(names, classes).add(bad, labels, present).dice();
        assertThat(got)
                .isEqualTo(new LeaderSearch(names, classes).add(zeros, labels, present).dice());
        assertThat(got.value(2, 0).orElseThrow()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void votesOnProbabilitiesAreEqual(DataType type) {
        draw(type);
        VotingRule rule = new VotingRule(0.4, 0.5, 0.3);
        ClassGroups groups = ClassGroups.brats2020();
        NDList p = softmax(bad, 1);
        NDList q = softmax(bad, 2);
        assertThat(p.get(1).get(1).isNaN().all().getBoolean()).isTrue();
        try (Vote got = rule.vote(p, q, groups, present);
                Vote wanted = rule.vote(softmax(zeros, 1), softmax(zeros, 2), groups, present)) {
            assertThat(got.value()).isEqualTo(wanted.value());
            assertThat(got.decision()).isEqualTo(wanted.decision());
            assertThat(got.value().isNaN().any().getBoolean()).isFalse();
        }
    }

    private static NDList softmax(NDList logits, double temperature) {
        NDList all = new NDList();
        logits.forEach(z -> all.add(z.div(temperature).softmax(1)));
        return all;
    }

    @Test
    void theFiniteCheckReadsThePresentAlone() {
        GroupDistillation checked =
                new GroupDistillation(GssConfig.builder().optFiniteChecked(true).build());
        checked.evaluate(Inputs.present(bad, present)).close();
        assertThatThrownBy(() -> checked.evaluate(bad))
                .hasMessage("branch logits 0: expected finite numbers, got NaN or infinity");
        bad.get(2).set(new NDIndex(1, 3, 1, 2, 4), Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> checked.evaluate(Inputs.present(bad, present)))
                .hasMessage("branch logits 2: expected finite numbers, got NaN or infinity");
    }

    /** A teacher sees zeros as well: its own arithmetic cannot bring NaN back. */
    @Test
    void aTeacherOfOnesOwnSeesFiniteProbabilities() {
        Teacher mean =
                input -> {
                    NDArray sum = input.temperedProbabilities().get(0);
                    for (NDArray q : input.temperedProbabilities().subNDList(1)) {
                        sum = sum.add(q);
                    }
                    return sum;
                };
        GroupDistillation distillation =
                new GroupDistillation(GssConfig.builder().optTeacher(mean).build());
        try (DistillationResult got = distillation.evaluate(Inputs.of(bad, present, mask));
                DistillationResult wanted =
                        distillation.evaluate(Inputs.of(zeros, present, mask))) {
            assertThat(got.loss()).isEqualTo(wanted.loss());
            assertThat(got.gradients()).isEqualTo(wanted.gradients());
            assertThat(got.loss().getDouble()).isPositive();
        }
    }
}
