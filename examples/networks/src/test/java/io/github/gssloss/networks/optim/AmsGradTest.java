/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.tracker.Tracker;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmsGradTest {

    private static final float RATE = 0.01f;
    private static final float DECAY = 1e-2f;
    private static final int SIZE = 5;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64,1e-8", "FLOAT32,1e-6"})
    void agreesWithAScalarLoop(DataType type, double tolerance) {
        Random random = new Random(3);
        double[] expected = random.doubles(SIZE, -1, 1).toArray();
        NDArray weight = typed(expected, type);
        double[] m = new double[SIZE];
        double[] v = new double[SIZE];
        double[] largest = new double[SIZE];
        try (AmsGrad optimizer = builder().build()) {
            for (int t = 1; t <= 60; t++) {
                // Large gradients first: the maximum then differs from the running mean.
                double scale = t < 10 ? 5 : 0.05;
                double[] gradient = random.doubles(SIZE, -scale, scale).toArray();
                optimizer.update("w", weight, typed(gradient, type));
                for (int i = 0; i < SIZE; i++) {
                    double g = gradient[i] + DECAY * expected[i];
                    m[i] = 0.9 * m[i] + 0.1 * g;
                    v[i] = 0.999 * v[i] + 0.001 * g * g;
                    largest[i] = Math.max(largest[i], v[i]);
                    double root = Math.sqrt(largest[i]) / Math.sqrt(1 - Math.pow(0.999, t));
                    expected[i] -= RATE / (1 - Math.pow(0.9, t)) * m[i] / (root + 1e-8);
                }
                assertClose(weight, expected, tolerance);
            }
            assertThat(v[0]).isLessThan(largest[0]);
            assertClose(optimizer.moments().get("w").mean(), m, tolerance);
            assertClose(optimizer.moments().get("w").variance(), v, tolerance);
            assertClose(optimizer.moments().get("w").maxVariance(), largest, tolerance);
        }
    }

    @Test
    void anotherOneGoesOnWithItsMomentsToTheBit() {
        NDArray weight = typed(new double[] {0.5, -1, 2}, DataType.FLOAT32);
        NDArray moved = weight.duplicate();
        Random random = new Random(5);
        try (AmsGrad whole = builder().build();
                AmsGrad before = builder().build();
                AmsGrad after = builder().optBeginNumUpdate(3).build()) {
            for (int t = 0; t < 8; t++) {
                NDArray gradient = typed(random.doubles(3, -1, 1).toArray(), DataType.FLOAT32);
                whole.update("w", weight, gradient);
                if (t == 3) {
                    after.restore("v", moved, before.moments().get("w"));
                }
                (t < 3 ? before : after).update(t < 3 ? "w" : "v", moved, gradient);
            }

            assertThat(moved.toFloatArray()).isEqualTo(weight.toFloatArray());
            NDArray larger = manager.zeros(new Shape(4));
            assertThatThrownBy(() -> after.restore("u", larger, whole.moments().get("w")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("moments: expected shape (4), got (3)");
        }
    }

    @Test
    void theEpsilonSitsOnTheCorrectedRoot() {
        NDArray weight = typed(new double[] {0}, DataType.FLOAT64);
        try (AmsGrad optimizer = builder().optWeightDecays(0).optEpsilon(0.5).build()) {
            optimizer.update("w", weight, typed(new double[] {0.25}, DataType.FLOAT64));
        }

        assertClose(weight, new double[] {-RATE * 0.25 / (0.25 + 0.5)}, 1e-12);
    }

    @Test
    void rescalesThenClipsOnBothSides() {
        NDArray weight = typed(new double[] {0, 0, 0}, DataType.FLOAT64);
        NDArray gradient = typed(new double[] {-8, 8, 0.5}, DataType.FLOAT64);
        try (AmsGrad optimizer =
                builder().optWeightDecays(0).optClipGrad(1).setRescaleGrad(0.5f).build()) {
            optimizer.update("w", weight, gradient);

            assertClose(
                    optimizer.moments().get("w").mean(), new double[] {-0.1, 0.1, 0.025}, 1e-12);
            assertClose(gradient, new double[] {-8, 8, 0.5}, 0);
        }
    }

    @Test
    void zeroesTheAccumulatedGradientEvenOfNaN() {
        NDArray weight = typed(new double[] {1, 2}, DataType.FLOAT32);
        weight.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray nan = manager.full(new Shape(2), Float.NaN);
            collector.backward(weight.mul(nan).sum());
        }
        assertThat(weight.getGradient().toFloatArray()).containsOnly(Float.NaN);
        try (AmsGrad optimizer = builder().build()) {
            optimizer.update("w", weight, manager.zeros(new Shape(2)));
        }

        assertThat(weight.getGradient().toFloatArray()).containsOnly(0f);
        assertThat(weight.toFloatArray()).doesNotContain(Float.NaN);
    }

    @Test
    void learningRateFollowsItsTracker() {
        NDArray weight = typed(new double[] {0}, DataType.FLOAT64);
        NDArray gradient = typed(new double[] {1}, DataType.FLOAT64);
        try (AmsGrad optimizer =
                builder()
                        .optWeightDecays(0)
                        .optLearningRateTracker((id, update) -> update == 3 ? 1f : 0f)
                        .build()) {
            optimizer.update("w", weight, gradient);
            optimizer.update("w", weight, gradient);
            assertClose(weight, new double[] {0}, 0);

            optimizer.update("w", weight, gradient);
            assertClose(weight, new double[] {-1}, 1e-7);
        }
    }

    @Test
    void updatesLeaveNothingOnTheUsersManagerAndCloseFreesTheMoments() {
        NDArray weight = typed(new double[] {1, 2}, DataType.FLOAT32);
        NDArray gradient = typed(new double[] {1, 2}, DataType.FLOAT32);
        int before = manager.getManagedArrays().size();
        AmsGrad optimizer = builder().optClipGrad(1).setRescaleGrad(2).build();
        optimizer.update("w", weight, gradient);
        optimizer.update("w", weight, gradient);
        AmsGrad.Moments moments = optimizer.moments().get("w");
        int held = moments.mean().getManager().getManagedArrays().size();
        optimizer.update("w", weight, gradient);

        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(moments.mean().getManager().getManagedArrays()).hasSize(held);
        optimizer.close();

        assertThat(moments.mean().isReleased()).isTrue();
        assertThat(moments.variance().isReleased()).isTrue();
        assertThat(optimizer.moments()).isEmpty();
    }

    @Test
    void refusesSettingsAndRatesThatAreNone() {
        assertThatThrownBy(() -> builder().optEpsilon(Double.NaN).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epsilon: expected a positive number, got NaN");
        NDArray weight = typed(new double[] {1}, DataType.FLOAT32);
        try (AmsGrad optimizer =
                builder().optLearningRateTracker(Tracker.fixed(Float.NaN)).build()) {
            assertThatThrownBy(() -> optimizer.update("w", weight, weight))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("learning rate: expected a number, got NaN");
        }
    }

    private static AmsGrad.Builder builder() {
        return AmsGrad.builder().optLearningRateTracker(Tracker.fixed(RATE)).optWeightDecays(DECAY);
    }

    private NDArray typed(double[] values, DataType type) {
        return manager.create(values).toType(type, true).duplicate();
    }

    private static void assertClose(NDArray actual, double[] expected, double tolerance) {
        double[] values = actual.toType(DataType.FLOAT64, true).toDoubleArray();
        assertThat(values).containsExactly(expected, within(tolerance));
    }
}
