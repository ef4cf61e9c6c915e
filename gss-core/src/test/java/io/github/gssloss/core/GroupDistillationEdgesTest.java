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
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No decided voxel, little precision, or an argument that does not fit. */
class GroupDistillationEdgesTest {

    private static final Shape SHAPE = new Shape(2, 4, 3, 4, 5);
    private static final int M = 4;
    private static final int N = 4;

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

    @Test
    void nothingKeptGivesZero() {
        GssConfig config = GssConfig.builder().optMaskRate(1).build();
        try (DistillationResult result = new GroupDistillation(config).evaluate(logits)) {
            assertThat(result.loss().getDouble()).isZero();
            assertThat(result.gradients().get(3).abs().max().getDouble()).isZero();
        }
    }

    @Test
    void samplesWithoutASpatialAxisAreOneVoxelEach() {
        GroupDistillation distillation =
                new GroupDistillation(GssConfig.builder().optMaskRate(0).build());
        NDList voxels = new NDList();
        logits.forEach(branch -> voxels.add(branch.get(":, :, 1, 2, 3")));
        NDList volumes = new NDList();
        voxels.forEach(branch -> volumes.add(branch.reshape(2, N, 1, 1)));
        try (DistillationResult flat = distillation.evaluate(voxels);
                DistillationResult spatial = distillation.evaluate(volumes)) {
            assertThat(flat.loss()).isEqualTo(spatial.loss());
            assertThat(flat.loss().getDouble()).isPositive();
            for (int m = 0; m < M; m++) {
                assertThat(flat.gradients().get(m))
                        .isEqualTo(spatial.gradients().get(m).reshape(2, N));
            }
        }
    }

    @Test
    void undecidedVoxelsAreLeftOutAndStayFinite() {
        GssConfig config = GssConfig.builder().optTemperature(1).optMaskRate(0).build();
        NDList sure = new NDList();
        for (int m = 0; m < M; m++) {
            // Every branch is certain of another class, so that every minimum underflows to 0.
            double[] z = new double[N];
            Arrays.fill(z, -1e4);
            z[(m + 2) % N] = 1e4;
            sure.add(manager.create(z).reshape(1, N, 1).toType(DataType.FLOAT32, false));
        }
        ClassGroups led = groups(new int[] {0, 1, 2, 3});
        GroupDistillation distillation =
                new GroupDistillation(config.toBuilder().optGroups(led).build());
        try (DistillationResult result = distillation.evaluate(sure);
                SoftTarget target = distillation.softTarget(DistillationInput.of(sure))) {
            assertThat(target.decided().toFloatArray()).containsExactly(0);
            assertThat(target.target().toFloatArray()).containsOnly(0.25f);
            assertThat(result.loss().getFloat()).isZero();
            for (NDArray gradient : result.gradients()) {
                assertThat(gradient.toFloatArray()).containsOnly(0f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void logitsThatAreNotFiniteAreNamedWhenChecked(double bad) {
        logits.get(2).set(new NDIndex(1, 3, 2, 0, 4), bad);
        GssConfig checked = GssConfig.builder().optFiniteChecked(true).build();
        assertThatThrownBy(() -> new GroupDistillation(checked).evaluate(logits))
                .hasMessage("branch logits 2: expected finite numbers, got NaN or infinity");
        new GroupDistillation(GssConfig.paper()).evaluate(logits).close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FORWARD_KL", "REVERSE_KL"})
    void hugeLogitsStayFinite(Divergence divergence) {
        GssConfig config =
                GssConfig.builder()
                        .optDivergence(divergence)
                        .optTemperature(1)
                        .optFiniteChecked(true)
                        .build();
        NDList huge = new NDList();
        for (NDArray z : logits) {
            huge.add(z.sign().mul(1e4).toType(DataType.FLOAT32, false));
        }
        try (DistillationResult result = new GroupDistillation(config).evaluate(huge)) {
            assertThat(result.loss().getFloat()).isFinite();
            for (NDArray gradient : result.gradients()) {
                assertThat(gradient.mul(0).sum().getFloat()).isZero();
            }
        }
    }

    @Test
    void halfPrecisionIsComputedInFloat32() {
        GssConfig config = GssConfig.builder().optMaskRate(0).build();
        NDList half = new NDList();
        NDList single = new NDList();
        for (NDArray z : logits) {
            NDArray h = z.toType(DataType.FLOAT16, false);
            half.add(h);
            single.add(h.toType(DataType.FLOAT32, false));
        }
        GroupDistillation distillation = new GroupDistillation(config);
        try (DistillationResult h = distillation.evaluate(half);
                DistillationResult s = distillation.evaluate(single)) {
            assertThat(h.loss().getFloat()).isEqualTo(s.loss().getFloat());
            assertThat(h.gradients().get(1).getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(h.gradients().get(1)).isEqualTo(s.gradients().get(1));
        }
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        GroupDistillation distillation = new GroupDistillation(GssConfig.paper());
        NDList three = new NDList(logits.get(0), logits.get(1), logits.get(2));
        assertThatThrownBy(() -> distillation.evaluate(three))
                .hasMessage(
                        "branch logits: expected one array for each of the 4 modalities [flair,"
                                + " t1ce, t1, t2], got 3");
        NDList flat = new NDList(logits);
        flat.set(2, manager.zeros(new Shape(2, 4, 60), DataType.FLOAT64));
        assertThatThrownBy(() -> distillation.evaluate(flat))
                .hasMessage("branch logits 2: expected shape (2, 4, 3, 4, 5), got (2, 4, 60)");
        NDList mixed = new NDList(logits);
        mixed.set(1, manager.zeros(SHAPE));
        assertThatThrownBy(() -> distillation.evaluate(mixed))
                .hasMessage(
                        "branch logits 1: expected float64 on cpu() as the first, got float32 on"
                                + " cpu()");
        NDList whole = new NDList(logits);
        whole.set(3, manager.zeros(SHAPE, DataType.INT32));
        assertThatThrownBy(() -> distillation.evaluate(whole))
                .hasMessage("branch logits 3: expected a floating type, got int32");
        NDList five = new NDList();
        logits.forEach(z -> five.add(manager.zeros(new Shape(2, 5, 3))));
        assertThatThrownBy(() -> distillation.softTarget(DistillationInput.of(five)))
                .hasMessage(
                        "branch logits 0: expected shape (batch, 4 classes, spatial...) with at"
                                + " least one voxel, got (2, 5, 3)");
        NDArray mask = manager.ones(new Shape(2, 3, 4, 5));
        assertThatThrownBy(() -> distillation.evaluate(Inputs.masked(logits, mask)))
                .hasMessage(
                        "mask: expected shape (2, 1, 3, 4, 5) for all branches or (4, 2, 1, 3, 4,"
                                + " 5) for each, got (2, 3, 4, 5)");
    }

    private static ClassGroups groups(int[] leaders) {
        ClassGroups.Builder builder =
                ClassGroups.builder().setModalities(ClassGroups.brats2020().modalities());
        for (int m : leaders) {
            builder.addClass("class " + m, ClassGroups.brats2020().modalities().get(m));
        }
        return builder.build();
    }
}
