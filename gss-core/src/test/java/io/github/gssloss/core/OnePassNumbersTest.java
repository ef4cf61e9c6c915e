/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers at the edge of what is computed, in the one pass as by the engine's operations. */
class OnePassNumbersTest {

    private static final int VOXELS = 300;
    private static final Shape SHAPE = new Shape(1, 4, VOXELS);

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void seed() {
        Engine.getInstance().setRandomSeed(5);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDList logits(double scale) {
        NDList logits = new NDList();
        for (int m = 0; m < 4; m++) {
            logits.add(manager.randomNormal(0, (float) scale, SHAPE, DataType.FLOAT32));
        }
        return logits;
    }

    private static void compareFinite(GssConfig config, DistillationInput input) {
        assertThat(TwoPaths.isCovered(config, input)).isEqualTo(OnePass.isAvailable());
        try (DistillationResult engine = new GroupDistillation(config, VOXELS).evaluate(input);
                DistillationResult pass = new GroupDistillation(config).evaluate(input)) {
            assertThat(Float.isNaN(pass.loss().getFloat()))
                    .isEqualTo(Float.isNaN(engine.loss().getFloat()));
            for (int m = 0; m < pass.gradients().size(); m++) {
                assertThat(pass.gradients().get(m).isNaN())
                        .as("gradient %d", m)
                        .isEqualTo(engine.gradients().get(m).isNaN());
            }
        }
    }

    /** The target is of all branches: what one of them makes NaN is NaN in all gradients. */
    @ParameterizedTest
    @EnumSource(names = {"FORWARD_KL", "REVERSE_KL"})
    void whatIsNotFiniteInABranchIsNanInTheSameGradients(Divergence divergence) {
        GssConfig config = GssConfig.builder().optMaskRate(0).optDivergence(divergence).build();
        for (float number : List.of(Float.NaN, Float.POSITIVE_INFINITY)) {
            for (int at = 0; at < 4; at++) {
                NDList logits = logits(3);
                logits.get(at).set(new NDIndex(0, 3 - at, 17 + 70 * at), number);
                compareFinite(config, DistillationInput.of(logits));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1, 2})
    void whatIsNoProbabilityInTheFusedOutputDoesAsWithTheEngine(float number) {
        GssConfig config =
                GssConfig.builder()
                        .optMaskRate(0)
                        .optTeacher(FallbackTeacher.VOTES_ELSE_FUSED)
                        .build();
        for (int c = 0; c < 4; c++) {
            NDArray fused = logits(3).get(0).softmax(1);
            fused.set(new NDIndex(0, c, 280), number);
            compareFinite(config, Inputs.of(logits(1), null, null, fused));
        }
    }

    @Test
    void fusedProbabilitiesNearZeroAreClampedAlike() {
        NDArray fused = manager.zeros(SHAPE);
        fused.set(new NDIndex(":, 0"), 1);
        fused.set(new NDIndex(":, 1"), 1e-9);
        GssConfig config =
                GssConfig.builder()
                        .optMaskRate(0)
                        .optTeacher(FallbackTeacher.VOTES_ELSE_FUSED)
                        .build();
        TwoPaths.compare(config, Inputs.of(logits(1), null, null, fused), "fused");
    }

    /** Between max and min of leaders that are sure of different classes is nearly nothing. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1})
    void leadersOfDifferentOpinionKeepTheLowerProbability(double penalty) {
        ClassGroups groups =
                new ClassGroups(
                        List.of("a", "b"),
                        List.of(
                                new ClassGroup("one", List.of(0, 1)),
                                new ClassGroup("two", List.of(0, 1))));
        NDArray z = manager.create(new float[] {0, 0, 0, 20, 19, -18}, new Shape(1, 2, 3));
        NDList logits = new NDList(z, z.neg());
        GssConfig config =
                GssConfig.builder()
                        .optGroups(groups)
                        .optTemperature(1)
                        .optMaskRate(0)
                        .optPenalty(penalty)
                        .build();
        TwoPaths.compare(config, DistillationInput.of(logits), "penalty " + penalty);
    }

    /** The target is clamped in its logarithm; a voxel with less than the clamp is left out. */
    @ParameterizedTest
    @ValueSource(doubles = {4, 8, 30, 300})
    void targetsNearZeroAreClampedAlike(double scale) {
        for (boolean normalised : List.of(true, false)) {
            GssConfig config =
                    GssConfig.builder()
                            .optMaskRate(0)
                            .optNormalised(normalised)
                            .optTemperature(1)
                            .optDivergence(Divergence.REVERSE_KL)
                            .build();
            TwoPaths.compare(config, DistillationInput.of(logits(scale)), "scale " + scale);
        }
    }

    @Test
    void presenceIsReadInItsOwnType() {
        NDArray present = manager.create(new double[] {1e-50, -1, 0, 1}, new Shape(1, 4));
        GssConfig config = GssConfig.builder().optMaskRate(0).build();
        TwoPaths.compare(config, Inputs.present(logits(3), present), "present");
    }

    @Test
    void leadersAreCountedAsByTheEngineWhateverIsNotFinite() {
        NDArray labels = manager.randomInteger(-1, 5, new Shape(1, VOXELS), DataType.INT32);
        for (int c = 0; c < 4; c++) {
            NDList logits = logits(3);
            for (int m = 0; m < 4; m++) {
                logits.get(m).set(new NDIndex("0, {}, 0:100", c), Float.NaN);
                logits.get(m).set(new NDIndex("0, {}, 100:150", c), Float.POSITIVE_INFINITY);
                logits.get(m).set(new NDIndex("0, {}, 150:250", c), Float.NEGATIVE_INFINITY);
            }
            compareOverlap(GssConfig.paper(), Inputs.labelled(logits, null, labels));
        }
    }

    private static void compareOverlap(GssConfig config, DistillationInput input) {
        try (NDArray pass = new GroupDistillation(config).leaderOverlap(input);
                NDArray engine = new GroupDistillation(config, VOXELS).leaderOverlap(input)) {
            assertThat(pass).isEqualTo(engine);
        }
    }

    /** As float32 the labels 16777216 and 16777217 are one. */
    @Test
    void ignoredLabelsAreToldFromTheirNeighbours() {
        int ignored = 1 << 24;
        NDArray labels = manager.full(new Shape(1, VOXELS), 1, DataType.INT64);
        labels.set(new NDIndex(":, 0:100"), ignored);
        labels.set(new NDIndex(":, 100:150"), ignored + 1);
        GssConfig config = GssConfig.builder().optMaskRate(0).optIgnoreIndex(ignored).build();
        DistillationInput input = Inputs.labelled(logits(3), null, labels);
        compareOverlap(config, input);
        TwoPaths.compare(config, input, "ignored");
    }
}
