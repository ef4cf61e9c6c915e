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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a batch is divided into blocks changes no result, whatever is computed in them. */
class BlocksTest {

    private static final Shape SHAPE = new Shape(3, 4, 4, 5, 3);
    private static final int M = 4;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private static Stream<GssConfig> settings() {
        List<GssConfig> all = new ArrayList<>(List.of(GssConfig.released()));
        for (PaperTeacher teacher : PaperTeacher.values()) {
            for (Divergence order : List.of(Divergence.FORWARD_KL, Divergence.REVERSE_KL)) {
                all.add(
                        GssConfig.builder()
                                .optTeacher(teacher)
                                .optDivergence(order)
                                .optNormalised(order == Divergence.FORWARD_KL)
                                .build());
            }
        }
        return all.stream().map(one -> one.toBuilder().optIgnoreIndex(3).build());
    }

    /** The mask is drawn: with the same seed it is the same for every division. */
    @ParameterizedTest
    @MethodSource("settings")
    void aBlockOfSevenVoxelsGivesWhatTheDefaultGives(GssConfig config) {
        Engine.getInstance().setRandomSeed(19);
        NDList logits = new NDList();
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64));
        }
        boolean missing = config.edition() == Edition.PAPER;
        DistillationInput batch =
                DistillationInput.builder()
                        .setBranchLogits(logits)
                        .optLabels(
                                manager.randomInteger(0, 4, new Shape(3, 4, 5, 3), DataType.INT32))
                        .optPresent(missing ? present() : null)
                        .optFused(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64).softmax(1))
                        .build();
        GroupDistillation whole = new GroupDistillation(config);
        try (DistillationResult wanted = seeded(whole, batch)) {
            assertThat(wanted.loss().getDouble()).isPositive();
            for (long block : new long[] {7, 59, 60, 61, 120, 180}) {
                GroupDistillation parts = new GroupDistillation(config, block);
                try (DistillationResult got = seeded(parts, batch)) {
                    assertThat(got.loss().getDouble())
                            .isCloseTo(wanted.loss().getDouble(), within(1e-14));
                    for (int m = 0; m < M; m++) {
                        NDArray gradient = wanted.gradients().get(m);
                        NDArray off = gradient.sub(got.gradients().get(m)).abs().max();
                        // The engine's softmax of a short row may differ in the last bit.
                        assertThat(off.getDouble() / gradient.abs().max().getDouble())
                                .as("block of %d, branch %d", block, m)
                                .isLessThan(1e-13);
                    }
                }
                assertThat(DecisionShares.of(parts, batch))
                        .isEqualTo(DecisionShares.of(whole, batch));
            }
        }
    }

    private NDArray present() {
        return manager.create(new int[] {1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0}, new Shape(3, M));
    }

    private static DistillationResult seeded(
            GroupDistillation distillation, DistillationInput batch) {
        Engine.getInstance().setRandomSeed(77);
        return distillation.evaluate(batch);
    }

    @Test
    void theMaskThatIsDrawnIsTheOneThatIsUsed() {
        NDList logits = new NDList();
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64));
        }
        for (GssConfig config : List.of(GssConfig.paper(), GssConfig.released())) {
            GroupDistillation distillation = new GroupDistillation(config);
            Engine.getInstance().setRandomSeed(77);
            NDArray mask = distillation.drawMask(manager, SHAPE);
            assertThat(mask.mean().getFloat()).isCloseTo(0.8f, within(0.15f));
            try (DistillationResult drawn = seeded(distillation, DistillationInput.of(logits));
                    DistillationResult given = distillation.evaluate(Inputs.masked(logits, mask))) {
                assertThat(given.loss()).isEqualTo(drawn.loss());
                assertThat(given.gradients()).isEqualTo(drawn.gradients());
            }
            GssConfig unmasked = config.toBuilder().optMaskRate(0).build();
            assertThat(new GroupDistillation(unmasked).drawMask(manager, SHAPE)).isNull();
        }
    }

    @Test
    void aBlockHasAsManyVoxelsAsAreSetOrSuitACpu() {
        Shape shape = new Shape(1, 2, 65_539);
        NDList logits = new NDList(manager.zeros(shape), manager.zeros(shape));
        assertThat(voxelsAtOnce(logits, GroupDistillation::new)).containsExactly(65_536L, 3L);
        assertThat(voxelsAtOnce(logits, config -> new GroupDistillation(config, 50_000)))
                .containsExactly(50_000L, 15_539L);
    }

    /** The voxels of each call of a teacher. */
    private static List<Long> voxelsAtOnce(
            NDList logits, Function<GssConfig, GroupDistillation> distillation) {
        List<Long> voxels = new ArrayList<>();
        Teacher watching =
                input -> {
                    voxels.add(input.probabilities().get(0).getShape().get(2));
                    return input.temperedProbabilities().get(0);
                };
        GssConfig config =
                GssConfig.builder()
                        .optGroups(ClassGroups.parse(List.of("a", "b"), "x: a; y: b"))
                        .optTeacher(watching)
                        .build();
        distillation.apply(config).evaluate(logits).close();
        return voxels;
    }
}
