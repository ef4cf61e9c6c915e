/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half precision at the size of real crops: computed in float32, each gradient rounded once. */
class HalfPrecisionTest {

    /** The batch of the published training. */
    private static final Shape CROPS = new Shape(2, 4, 80, 80, 80);

    private static final GssConfig SETTINGS = GssConfig.builder().optMaskRate(0).build();
    private static final OutputLayout LAYOUT =
            OutputLayout.fusedThenBranches(4, OutputKind.LOGITS, OutputKind.LOGITS);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** The fused logits, then those of four branches, in half precision. */
    private NDList halves(Shape shape) {
        Engine.getInstance().setRandomSeed(5);
        NDList halves = new NDList();
        for (int i = 0; i < 5; i++) {
            halves.add(manager.randomNormal(shape).mul(2).toType(DataType.FLOAT16, false));
        }
        return halves;
    }

    private static NDList singles(NDList halves) {
        NDList singles = new NDList();
        halves.forEach(half -> singles.add(half.toType(DataType.FLOAT32, true)));
        return singles;
    }

    private NDList labels(Shape shape) {
        Shape indices = new Shape(shape.get(0)).addAll(shape.slice(2));
        return new NDList(manager.randomInteger(0, 4, indices, DataType.INT32));
    }

    @Test
    void gradientsOfTheWholeLossAreThoseOfFloat32Rounded() {
        NDList halves = halves(CROPS);
        NDList labels = labels(CROPS);
        assertRounded(new GssLoss(LAYOUT, SETTINGS), labels, halves, 0);
    }

    @Test
    void gradientsOfTheDistillationAreThoseOfFloat32Rounded() {
        Shape shape = new Shape(1, 4, 64, 64, 64);
        NDList halves = halves(shape);
        NDList labels = labels(shape);
        assertRounded(new DistillationLoss(LAYOUT, SETTINGS), labels, halves, 1);
        // Rounded before the factor beta tau^2, fewer than half as many would be left.
        try (DistillationResult core =
                new GroupDistillation(SETTINGS).evaluate(singles(halves).subNDList(1))) {
            NDArray gradient = core.gradients().get(0);
            NDArray late = gradient.mul(0.3f * 64).toType(DataType.FLOAT16, false);
            NDArray early = gradient.toType(DataType.FLOAT16, false);
            assertThat(nonZero(early)).isLessThan(nonZero(late) / 2);
        }
    }

    private static void assertRounded(Loss loss, NDList labels, NDList halves, int from) {
        NDList expected = Gradients.autograd(singles(halves), in -> loss.evaluate(labels, in));
        NDList gradients = Gradients.autograd(halves, in -> loss.evaluate(labels, in));
        for (int i = from; i < halves.size(); i++) {
            assertThat(gradients.get(i).getDataType()).isEqualTo(DataType.FLOAT16);
            NDArray rounded = expected.get(i).toType(DataType.FLOAT16, false);
            assertThat(unitsApart(gradients.get(i), rounded)).as("output %d", i).isZero();
            assertThat(nonZero(gradients.get(i)))
                    .isEqualTo(nonZero(rounded))
                    .isGreaterThan(rounded.size() / 100);
        }
    }

    /** The largest distance of two half-precision arrays, in units in the last place. */
    private static long unitsApart(NDArray a, NDArray b) {
        float[] x = a.toType(DataType.FLOAT32, false).toFloatArray();
        float[] y = b.toType(DataType.FLOAT32, false).toFloatArray();
        double most = 0;
        for (int i = 0; i < x.length; i++) {
            // Ten bits of fraction; subnormal numbers are multiples of 2^-24.
            int exponent = Math.max(Math.getExponent(y[i]) - 10, -24);
            most = Math.max(most, Math.abs(x[i] - y[i]) / Math.scalb(1.0, exponent));
        }
        return Math.round(most);
    }

    private static long nonZero(NDArray array) {
        return array.neq(0).toType(DataType.INT64, false).sum().getLong();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void taskLossesOfALargeBackgroundAreThoseOfFloat32(boolean confident) {
        Engine.getInstance().setRandomSeed(6);
        NDArray z = manager.randomNormal(new Shape(1, 4, 48, 48, 48));
        if (confident) {
            z.get(":, 0:1").addi(6);
        }
        NDArray half = z.softmax(1).toType(DataType.FLOAT16, false);
        NDArray single = half.toType(DataType.FLOAT32, true);
        NDArray background = manager.zeros(new Shape(1, 48, 48, 48));
        // A voxel of another class: in a sample of one class alone the cross entropy is 0.
        background.get("0, 1, 1, 1").addi(2);
        NDList labels = new NDList(background);
        for (Loss loss : List.of(new SoftDiceLoss(), new WeightedCrossEntropyLoss())) {
            NDArray value = loss.evaluate(labels, new NDList(half));
            float expected = loss.evaluate(labels, new NDList(single)).getFloat();
            assertThat(value.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(value.getFloat()).isEqualTo(expected).isFinite().isPositive();
        }
    }

    @Test
    void aLossScaleMultipliesTheGradientsBeforeTheyAreRounded() {
        Shape shape = new Shape(1, 4, 32, 32, 32);
        NDList halves = halves(shape);
        NDList labels = labels(shape);
        GssLoss plain = new GssLoss(LAYOUT, SETTINGS);
        GssLoss scaled =
                GssLoss.builder().setLayout(LAYOUT).setConfig(SETTINGS).optLossScale(1024).build();
        assertThat(scaled.evaluate(labels, halves).getFloat())
                .isEqualTo(plain.evaluate(labels, halves).getFloat());
        NDList unrounded = Gradients.autograd(singles(halves), in -> plain.evaluate(labels, in));
        NDList unscaled = Gradients.autograd(halves, in -> plain.evaluate(labels, in));
        NDList gradients = Gradients.autograd(halves, in -> scaled.evaluate(labels, in));
        for (int i = 0; i < halves.size(); i++) {
            NDArray expected = unrounded.get(i).mul(1024).toType(DataType.FLOAT16, false);
            assertThat(unitsApart(gradients.get(i), expected)).as("output %d", i).isLessThan(2);
            assertThat(nonZero(gradients.get(i))).isGreaterThan(nonZero(unscaled.get(i)));
        }
        // Numbers that float32 has to the same power of two are scaled exactly.
        NDList exact = Gradients.autograd(singles(halves), in -> scaled.evaluate(labels, in));
        assertThat(exact.get(1).toFloatArray())
                .isEqualTo(unrounded.get(1).mul(1024).toFloatArray());
    }

    @Test
    void aLossScaleOutsideItsRangeIsNamed() {
        assertThatThrownBy(() -> GssLoss.builder().optLossScale(0))
                .hasMessage("lossScale: expected more than 0, got 0");
        assertThatThrownBy(() -> GssLoss.builder().optLossScale(Double.POSITIVE_INFINITY))
                .hasMessage("lossScale: expected a number from 0 to 1000000, got Infinity");
    }
}
