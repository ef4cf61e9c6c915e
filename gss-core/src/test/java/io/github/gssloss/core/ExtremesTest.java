/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where logits are as large as they get, nothing is kept, or precision is low. */
class ExtremesTest {

    private static final Shape SHAPE = new Shape(2, 4, 5, 6, 3);
    private static final int M = 4;
    private static final double[] ENDS = {-1e4, -9999.5, -100, -1e-4, 0, 1e-4, 3, 100, 9999.5, 1e4};

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private NDList drawn(double... from) {
        Random random = new Random(from.length);
        NDList logits = new NDList();
        for (int m = 0; m < M; m++) {
            float[] flat = new float[(int) SHAPE.size()];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = (float) from[random.nextInt(from.length)];
            }
            logits.add(manager.create(flat).reshape(SHAPE));
        }
        return logits;
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD_KL, 1, true",
        "FORWARD_KL, 8, false",
        "REVERSE_KL, 1, false",
        "REVERSE_KL, 10, true",
        "FORWARD_KL, 0.001, true",
        "REVERSE_KL, 0.001, false",
        "FORWARD_KL, 1000, false",
        "REVERSE_KL, 1000, true"
    })
    void anyFiniteLogitUpToTenThousandStaysFinite(Divergence order, double tau, boolean normal) {
        GssConfig config =
                GssConfig.builder()
                        .optDivergence(order)
                        .optTemperature(tau)
                        .optNormalised(normal)
                        .optMaskRate(0)
                        .build();
        boolean[][] present = {{true, true, true, true}, {true, false, true, true}};
        NDArray matrix = manager.create(new int[] {1, 1, 1, 1, 1, 0, 1, 1}, new Shape(2, M));
        for (NDList logits : List.of(drawn(ENDS), drawn(-1e4, 1e4), drawn(1e4))) {
            PlainLoss loop = new PlainLoss(config, logits, present, null);
            for (PaperTeacher teacher : List.of(PaperTeacher.VOTES, PaperTeacher.MUTUAL)) {
                GssConfig withTeacher = config.toBuilder().optTeacher(teacher).build();
                try (DistillationResult result =
                        new GroupDistillation(withTeacher)
                                .evaluate(Inputs.present(logits, matrix))) {
                    assertThat(result.loss().getFloat()).isFinite();
                    for (NDArray gradient : result.gradients()) {
                        assertThat(finite(gradient)).isTrue();
                    }
                    if (teacher == PaperTeacher.VOTES) {
                        double loss = loop.loss();
                        assertThat((double) result.loss().getFloat())
                                .isCloseTo(loss, within(5e-5 * Math.max(1, Math.abs(loss))));
                    }
                }
            }
        }
    }

    private static boolean finite(NDArray array) {
        float[] values = array.toType(DataType.FLOAT32, false).toFloatArray();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return values.length > 0;
    }

    @ParameterizedTest
    @CsvSource({"FORWARD_KL, 1", "REVERSE_KL, 1", "REVERSE_KL, 8"})
    void halfPrecisionIsFiniteOverItsWholeRange(Divergence order, double tau) {
        GssConfig config =
                GssConfig.builder()
                        .optDivergence(order)
                        .optTemperature(tau)
                        .optMaskRate(0)
                        .optFiniteChecked(true)
                        .build();
        NDList half = new NDList();
        NDList single = new NDList();
        for (NDArray z : drawn(-65504, -1, 0, 1, 7, 65504)) {
            NDArray h = z.toType(DataType.FLOAT16, false);
            half.add(h);
            single.add(h.toType(DataType.FLOAT32, false));
        }
        NDArray mask = manager.ones(VoxelMask.shared(SHAPE)).toType(DataType.FLOAT16, false);
        GroupDistillation distillation = new GroupDistillation(config);
        try (DistillationResult h = distillation.evaluate(Inputs.masked(half, mask));
                DistillationResult s = distillation.evaluate(single)) {
            assertThat(h.loss().getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(h.loss().getFloat()).isFinite().isPositive();
            assertThat(h.loss()).isEqualTo(s.loss());
            for (int m = 0; m < M; m++) {
                NDArray gradient = h.gradients().get(m);
                assertThat(gradient.getDataType()).isEqualTo(DataType.FLOAT32);
                assertThat(finite(gradient)).isTrue();
                assertThat(gradient).isEqualTo(s.gradients().get(m));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD_KL, false",
        "FORWARD_KL, true",
        "REVERSE_KL, false",
        "REVERSE_KL, true",
        "RELEASED_CROSS_ENTROPY, false",
        "RELEASED_CROSS_ENTROPY, true"
    })
    void aBatchOfWhichNothingIsKeptHasNoLossAndNoGradient(Divergence order, boolean each) {
        GssConfig base =
                order == Divergence.RELEASED_CROSS_ENTROPY
                        ? GssConfig.released()
                        : GssConfig.builder().optDivergence(order).build();
        NDList logits = drawn(ENDS);
        Shape shared = VoxelMask.shared(SHAPE);
        NDArray mask = manager.zeros(each ? new Shape(M).addAll(shared) : shared);
        try (DistillationResult result =
                new GroupDistillation(base).evaluate(Inputs.masked(logits, mask))) {
            assertThat(result.loss().getFloat()).isZero();
            for (NDArray gradient : result.gradients()) {
                assertThat(gradient.abs().max().getFloat()).isZero();
            }
        }
    }

    @Test
    void aBranchOfWhichNothingIsKeptHasNoGradientAndTheOthersDo() {
        Engine.getInstance().setRandomSeed(1);
        NDList logits = drawn(-2, -1, 0, 0.5, 2, 5);
        NDArray mask = manager.ones(new Shape(M).addAll(VoxelMask.shared(SHAPE)));
        mask.get(1).muli(0);
        try (DistillationResult result =
                new GroupDistillation(GssConfig.paper()).evaluate(Inputs.masked(logits, mask))) {
            double[] largest =
                    result.gradients().stream()
                            .mapToDouble(gradient -> gradient.abs().max().getFloat())
                            .toArray();
            assertThat(largest[1]).isZero();
            assertThat(Arrays.stream(largest).filter(one -> one > 0).count()).isEqualTo(3);
        }
    }
}
