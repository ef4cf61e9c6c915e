/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The one pass against the engine's operations, which blocks of a given size always take. Without
 * the module of the Vector API both are the same, and the tests say nothing but that.
 */
class OnePassTest {

    private static final boolean MODULE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void isThereWhereTheModuleIs() {
        boolean compiled = getClass().getResource("VoxelLanes.class") != null;
        assertThat(OnePass.isAvailable()).isEqualTo(MODULE && compiled);
        assertThat(GroupDistillation.cpuPath())
                .startsWith(OnePass.isAvailable() ? "one pass" : "operations of the engine (");
    }

    private NDList normal(Shape shape, int modalities) {
        NDList logits = new NDList();
        for (int m = 0; m < modalities; m++) {
            logits.add(manager.randomNormal(0, 3, shape, DataType.FLOAT32));
        }
        return logits;
    }

    /** One voxel; less than a vector; more than a run, and than a task, by some; two samples. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "1, 255", "1, 256", "2, 257", "2, 16384", "3, 16411", "1, 50001"})
    void ofAnyNumberOfVoxels(int samples, int voxels) {
        Engine.getInstance().setRandomSeed(voxels);
        Shape shape = new Shape(samples, 4, voxels);
        for (Divergence divergence : List.of(Divergence.FORWARD_KL, Divergence.REVERSE_KL)) {
            GssConfig config = GssConfig.builder().optDivergence(divergence).build();
            DistillationInput input =
                    Inputs.masked(normal(shape, 4), VoxelMask.draw(manager, shape, 0.2));
            TwoPaths.compare(config, input, "voxels " + voxels);
            assertThat(TwoPaths.isCovered(config, input)).isEqualTo(OnePass.isAvailable());
        }
    }

    @Test
    void ofArraysThatAreNotContiguous() {
        NDList logits = new NDList();
        for (NDArray z : normal(new Shape(3, 600, 4), 4)) {
            logits.add(z.transpose(0, 2, 1).get("1:3"));
        }
        NDArray mask = manager.randomUniform(0, 1, new Shape(600, 1, 2)).transpose(2, 1, 0);
        DistillationInput input = Inputs.masked(logits, mask);
        assertThat(TwoPaths.isCovered(GssConfig.paper(), input)).isEqualTo(OnePass.isAvailable());
        int before = manager.getManagedArrays().size();
        new GroupDistillation(GssConfig.paper()).evaluate(input).close();
        assertThat(manager.getManagedArrays()).hasSize(before);
        TwoPaths.compare(GssConfig.paper(), input, "views");
    }

    @Test
    void ofHalfPrecisionAsOfTheSameNumbersPromoted() {
        NDList half = new NDList();
        for (NDArray z : normal(new Shape(2, 4, 333), 4)) {
            half.add(z.toType(DataType.FLOAT16, false));
        }
        TwoPaths.compare(
                GssConfig.paper(),
                Inputs.masked(half, VoxelMask.draw(manager, half.get(0).getShape(), 0.2)),
                "float16");
    }

    /** NaN and infinity reach the loss as they do with the engine. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void ofWhatIsNotFinite(float number) {
        NDList logits = normal(new Shape(1, 4, 300), 4);
        logits.get(2).set(new NDIndex(0, 1, 17), number);
        GssConfig config = GssConfig.builder().optMaskRate(0).build();
        try (DistillationResult expected =
                        new GroupDistillation(config, 300).evaluate(DistillationInput.of(logits));
                DistillationResult got =
                        new GroupDistillation(config).evaluate(DistillationInput.of(logits))) {
            assertThat(Float.isFinite(got.loss().getFloat()))
                    .isEqualTo(Float.isFinite(expected.loss().getFloat()));
            assertThat(got.gradients().get(2).isNaN().sum().getLong() > 0)
                    .isEqualTo(expected.gradients().get(2).isNaN().sum().getLong() > 0);
        }
    }

    @Test
    void ofHugeLogits() {
        NDList logits = new NDList();
        for (NDArray z : normal(new Shape(2, 4, 500), 4)) {
            logits.add(z.mul(300));
        }
        for (double tau : List.of(1.0, 8.0)) {
            GssConfig config = GssConfig.builder().optTemperature(tau).optMaskRate(0).build();
            TwoPaths.compare(config, DistillationInput.of(logits), "tau " + tau);
        }
    }

    /** The same bits whatever the threads do. */
    @Test
    void givesTheSameBitsAgain() {
        assumeThat(OnePass.isAvailable()).isTrue();
        Shape shape = new Shape(2, 4, 40_000);
        DistillationInput input =
                Inputs.masked(normal(shape, 4), VoxelMask.draw(manager, shape, 0.2));
        GroupDistillation distillation = new GroupDistillation(GssConfig.paper());
        List<float[]> losses = new ArrayList<>();
        for (int again = 0; again < 3; again++) {
            try (DistillationResult result = distillation.evaluate(input)) {
                losses.add(result.loss().toFloatArray());
                losses.add(result.gradients().get(1).toFloatArray());
            }
        }
        assertThat(losses.get(2)).isEqualTo(losses.get(0));
        assertThat(losses.get(5)).isEqualTo(losses.get(1));
    }

    @Test
    void leavesTheRestToTheEngine() {
        NDList logits = normal(new Shape(1, 4, 30), 4);
        NDList doubles = new NDList();
        logits.forEach(z -> doubles.add(z.toType(DataType.FLOAT64, false)));
        GssConfig paper = GssConfig.paper();
        assertThat(TwoPaths.isCovered(paper, DistillationInput.of(doubles))).isFalse();
        NDArray each = manager.ones(new Shape(4, 1, 1, 30));
        assertThat(TwoPaths.isCovered(paper, Inputs.masked(logits, each))).isFalse();
        assertThat(TwoPaths.isCovered(GssConfig.released(), DistillationInput.of(logits)))
                .isFalse();
        GssConfig mutual = paper.toBuilder().optTeacher(PaperTeacher.MUTUAL).build();
        assertThat(TwoPaths.isCovered(mutual, DistillationInput.of(logits))).isFalse();
        GssConfig floored = paper.toBuilder().optDivergence(Divergence.FLOORED_KL).build();
        assertThat(TwoPaths.isCovered(floored, DistillationInput.of(logits))).isFalse();
        GssConfig zero = paper.toBuilder().optLeaderThreshold(0).build();
        assertThat(TwoPaths.isCovered(zero, DistillationInput.of(logits))).isFalse();
        assertThat(TwoPaths.isCovered(paper, DistillationInput.of(logits)))
                .isEqualTo(OnePass.isAvailable());
    }

    @Test
    void leavesBranchesOfMoreBytesThanABufferHasToTheEngine() {
        assertThat(OnePass.coversSize(new Shape(1, 4, Integer.MAX_VALUE / 16))).isTrue();
        assertThat(OnePass.coversSize(new Shape(1, 4, Integer.MAX_VALUE / 16 + 1))).isFalse();
        assertThat(OnePass.coversSize(new Shape(1L << 20, 4, 1L << 20))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Trust.class)
    void labelsThatAreNoIndicesOfAFewBitsAreTheEngines(Trust trust) {
        NDList logits = normal(new Shape(1, 4, 30), 4);
        NDArray indices = manager.randomInteger(0, 4, new Shape(1, 30), DataType.INT64);
        GssConfig config = GssConfig.builder().optTrust(trust).optMaskRate(0).build();
        for (NDArray labels :
                List.of(
                        indices,
                        indices.toType(DataType.FLOAT32, false),
                        indices.toType(DataType.FLOAT64, false),
                        indices.oneHot(4).transpose(0, 2, 1))) {
            DistillationInput input = Inputs.labelled(logits, null, labels);
            TwoPaths.compare(config, input, "labels " + labels.getDataType());
        }
    }
}
