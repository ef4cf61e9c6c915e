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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupDistillationTest {

    private static final Shape SHAPE = new Shape(2, 4, 3, 4, 5);
    private static final int M = 4;

    private final NDManager manager = NDManager.newBaseManager();
    private NDList logits;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(5);
        logits = new NDList();
        NDArray common = manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64);
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 1.5f, SHAPE, DataType.FLOAT64).add(common));
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD_KL, true, false",
        "FORWARD_KL, false, true",
        "REVERSE_KL, true, true",
        "REVERSE_KL, false, false"
    })
    void lossAndGradientAgreeWithPlainLoops(Divergence order, boolean normalised, boolean missing) {
        GssConfig config =
                GssConfig.builder()
                        .optDivergence(order)
                        .optNormalised(normalised)
                        .optTemperature(3)
                        .build();
        boolean[][] present = {{true, true, true, true}, {!missing, true, !missing, true}};
        NDArray matrix = missing ? manager.create(new int[] {1, 1, 1, 1, 0, 1, 0, 1}) : null;
        NDArray mask = VoxelMask.draw(manager, SHAPE, 0.3).toType(DataType.FLOAT64, false);
        try (DistillationResult result =
                new GroupDistillation(config)
                        .evaluate(
                                Inputs.of(
                                        logits,
                                        matrix == null ? null : matrix.reshape(2, M),
                                        mask))) {
            PlainLoss loop = new PlainLoss(config, logits, present, mask);
            assertThat(result.loss().getDouble()).isCloseTo(loop.loss(), within(1e-12));
            for (int m = 0; m < M; m++) {
                double[] gradient = result.gradients().get(m).toDoubleArray();
                for (int i = 0; i < gradient.length; i += 11) {
                    assertThat(gradient[i])
                            .as("branch %d, element %d", m, i)
                            .isCloseTo(loop.difference(m, i), within(1e-9));
                }
            }
        }
    }

    @Test
    void resultsDoNotDependOnTheBlocks() {
        GssConfig config = GssConfig.builder().optMaskRate(0).build();
        NDArray present = manager.create(new int[] {1, 1, 0, 1, 1, 1, 1, 0}, new Shape(2, M));
        try (DistillationResult whole =
                new GroupDistillation(config).evaluate(Inputs.present(logits, present))) {
            for (long block : new long[] {1, 7, 59, 60, 61, 119, 120}) {
                try (DistillationResult parts =
                        new GroupDistillation(config, block)
                                .evaluate(Inputs.present(logits, present))) {
                    assertThat(parts.loss().getDouble())
                            .isCloseTo(whole.loss().getDouble(), within(1e-14));
                    for (int m = 0; m < M; m++) {
                        NDArray wanted = whole.gradients().get(m);
                        NDArray off = wanted.sub(parts.gradients().get(m)).abs().max();
                        // The engine's softmax of a short row may differ in the last bit.
                        assertThat(off.getDouble() / wanted.abs().max().getDouble())
                                .as("block of %d, branch %d", block, m)
                                .isLessThan(1e-14);
                    }
                }
            }
        }
    }

    @Test
    void theMaskIsTheEnginesAndRepeatsWithItsSeed() {
        GroupDistillation distillation = new GroupDistillation(GssConfig.paper());
        double first = seeded(distillation, 1);
        assertThat(seeded(distillation, 1)).isEqualTo(first);
        assertThat(seeded(distillation, 2)).isNotEqualTo(first);
    }

    private double seeded(GroupDistillation distillation, int seed) {
        Engine.getInstance().setRandomSeed(seed);
        try (DistillationResult result = distillation.evaluate(logits)) {
            return result.loss().getDouble();
        }
    }

    @Test
    void aMaskPerBranchKeepsItsOwnVoxelsInEach() {
        GroupDistillation distillation = new GroupDistillation(GssConfig.paper());
        NDArray masks = manager.zeros(new Shape(M, 2, 1, 3, 4, 5));
        NDArray third = masks.get(2);
        third.addi(1);
        try (DistillationResult each = distillation.evaluate(Inputs.masked(logits, masks));
                DistillationResult all =
                        distillation.evaluate(
                                Inputs.masked(logits, manager.ones(new Shape(2, 1, 3, 4, 5))))) {
            assertThat(each.gradients().get(2)).isEqualTo(all.gradients().get(2));
            assertThat(each.gradients().get(0).abs().max().getDouble()).isZero();
            assertThat(each.loss().getDouble()).isBetween(0.0, all.loss().getDouble());
        }
    }

    @Test
    void inputsStayAsTheyAreAndNothingElseStaysOnTheirManager() {
        NDList copies = new NDList();
        logits.forEach(z -> copies.add(z.duplicate()));
        NDArray present = manager.ones(new Shape(2, M));
        NDArray mask = manager.ones(new Shape(2, 1, 3, 4, 5));
        GroupDistillation distillation = new GroupDistillation(GssConfig.paper());
        int before = manager.getManagedArrays().size();
        distillation.evaluate(Inputs.of(logits, present, mask)).close();
        distillation.evaluate(logits).close();
        distillation.softTarget(Inputs.present(logits, present)).close();
        assertThat(manager.getManagedArrays()).hasSize(before);
        for (int m = 0; m < M; m++) {
            assertThat(logits.get(m)).isEqualTo(copies.get(m));
        }
    }
}
