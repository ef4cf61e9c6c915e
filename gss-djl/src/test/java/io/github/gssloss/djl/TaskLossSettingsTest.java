/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting of the task losses against plain loops over voxels, in float64. */
class TaskLossSettingsTest {

    private static final double[] ALL = {1, 1, 1, 1};
    private static final double[] NO_BACKGROUND = {0, 1, 1, 1};
    private static final double[] UNEQUAL = {0.1, 2, 0.5, 3};

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Arguments> dice() {
        return Stream.of(ALL, NO_BACKGROUND, UNEQUAL)
                .flatMap(
                        weights ->
                                Stream.of(
                                        Arguments.of(weights, 0.0, 1e-7),
                                        Arguments.of(weights, 1e-5, 1e-5),
                                        Arguments.of(weights, 1.0, 2.0)));
    }

    @ParameterizedTest
    @MethodSource("dice")
    void softDice(double[] weights, double numerator, double denominator) {
        PlainTaskLoss plain = new PlainTaskLoss(3, true);
        for (boolean ignores : new boolean[] {false, true}) {
            SoftDiceLoss.Builder builder =
                    SoftDiceLoss.builder()
                            .optClassWeights(weights)
                            .optSmoothing(numerator, denominator);
            SoftDiceLoss loss =
                    (ignores ? builder.optIgnoreIndex(PlainTaskLoss.NO_CLASS) : builder).build();
            assertLoss(plain, loss, plain.dice(weights, numerator, denominator, ignores));
        }
    }

    static Stream<Arguments> crossEntropy() {
        return Stream.of(ALL, NO_BACKGROUND, UNEQUAL)
                .flatMap(
                        weights ->
                                Stream.of(
                                        Arguments.of(weights, 0.005),
                                        Arguments.of(weights, 0.02),
                                        Arguments.of(weights, 0.3)));
    }

    @ParameterizedTest
    @MethodSource("crossEntropy")
    void weightedCrossEntropy(double[] weights, double floor) {
        PlainTaskLoss plain = new PlainTaskLoss(8, true);
        for (boolean ignores : new boolean[] {false, true}) {
            WeightedCrossEntropyLoss.Builder builder =
                    WeightedCrossEntropyLoss.builder().optClassWeights(weights).optFloor(floor);
            // A label that is no class has no term: the ignore index changes nothing else.
            assertLoss(
                    plain,
                    (ignores ? builder.optIgnoreIndex(PlainTaskLoss.NO_CLASS) : builder).build(),
                    plain.crossEntropy(weights, floor, -1));
            assertLoss(
                    plain,
                    builder.optIgnoreIndex(2).build(),
                    plain.crossEntropy(weights, floor, 2));
        }
    }

    @Test
    void softDiceOfSquares() {
        PlainTaskLoss plain = new PlainTaskLoss(5, false);
        SoftDiceLoss.Builder squared = SoftDiceLoss.builder().optSquared(true);
        assertLoss(plain, squared.build(), plain.squaredDice(0, 1e-7));
        squared.optSmoothing(1e-5, 1e-5).optPerSample(true);
        assertLoss(plain, squared.build(), plain.squaredDicePerSample(1e-5, 1e-5));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void plainCrossEntropy(int ignored) {
        PlainTaskLoss plain = new PlainTaskLoss(6, true);
        for (double[] weights : List.of(ALL, NO_BACKGROUND, UNEQUAL)) {
            CrossEntropyLoss loss =
                    CrossEntropyLoss.builder()
                            .optClassWeights(weights)
                            .optIgnoreIndex(ignored)
                            .build();
            NDList labels = new NDList(plain.labels(manager, DataType.INT64));
            NDList inputs = new NDList(plain.probabilities(manager));
            assertThat(loss.evaluate(labels, inputs).getDouble())
                    .isCloseTo(plain.plainCrossEntropy(weights, ignored), within(1e-12));
            double[] gradient =
                    Gradients.autograd(inputs, in -> loss.evaluate(labels, in))
                            .get(0)
                            .toDoubleArray();
            double[] expected = plain.crossEntropyGradient(weights, ignored);
            for (int i = 0; i < gradient.length; i++) {
                assertThat(gradient[i]).isCloseTo(expected[i], withinPercentage(1e-10));
            }
        }
    }

    /** Value and gradient. */
    private void assertLoss(PlainTaskLoss plain, Loss loss, double expected) {
        NDList labels = new NDList(plain.labels(manager, DataType.INT64));
        NDList inputs = new NDList(plain.probabilities(manager));
        assertThat(loss.evaluate(labels, inputs).getDouble()).isCloseTo(expected, within(1e-12));
        double[] gradient =
                Gradients.autograd(inputs, in -> loss.evaluate(labels, in)).get(0).toDoubleArray();
        double largest = 0;
        for (int element = 0; element < gradient.length; element++) {
            double difference =
                    Gradients.difference(inputs, 0, element, in -> loss.evaluate(labels, in));
            assertThat(gradient[element]).as("%d", element).isCloseTo(difference, within(1e-8));
            largest = Math.max(largest, Math.abs(difference));
        }
        assertThat(largest).isGreaterThan(1e-4);
    }

    @Test
    void ignoredVoxelsHaveNoGradientAndChangeNothing() {
        PlainTaskLoss plain = new PlainTaskLoss(5, true);
        NDList labels = new NDList(plain.labels(manager, DataType.INT64));
        for (Loss loss :
                new Loss[] {
                    SoftDiceLoss.builder().optIgnoreIndex(PlainTaskLoss.NO_CLASS).build(),
                    WeightedCrossEntropyLoss.builder()
                            .optIgnoreIndex(PlainTaskLoss.NO_CLASS)
                            .build()
                }) {
            NDList inputs = new NDList(plain.probabilities(manager));
            double before = loss.evaluate(labels, inputs).getDouble();
            double[] gradient =
                    Gradients.autograd(inputs, in -> loss.evaluate(labels, in))
                            .get(0)
                            .toDoubleArray();
            for (int i = 0; i < gradient.length; i++) {
                int sample = i / (PlainTaskLoss.N * PlainTaskLoss.V);
                if (plain.label[sample][i % PlainTaskLoss.V] == PlainTaskLoss.NO_CLASS) {
                    assertThat(gradient[i]).isZero();
                    plain.p[sample][i / PlainTaskLoss.V % PlainTaskLoss.N][i % PlainTaskLoss.V] =
                            0.9 / (1 + i % PlainTaskLoss.N);
                }
            }
            NDList others = new NDList(plain.probabilities(manager));
            assertThat(loss.evaluate(labels, others).getDouble()).isEqualTo(before);
        }
    }

    @Test
    void settingsThatDoNotFitAreNamed() {
        PlainTaskLoss plain = new PlainTaskLoss(6, true);
        Loss three = SoftDiceLoss.builder().optClassWeights(1, 2, 3).build();
        NDList labels = new NDList(plain.labels(manager, DataType.INT64));
        assertThatThrownBy(() -> three.evaluate(labels, new NDList(plain.probabilities(manager))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("classWeights: expected one for each of 4 classes, got 3");
        assertThatThrownBy(() -> SoftDiceLoss.builder().optClassWeights(0, 0))
                .hasMessage("classWeights: expected more than 0, got 0");
        assertThatThrownBy(() -> SoftDiceLoss.builder().optClassWeights(1, -1))
                .hasMessage("classWeights: expected a number from 0 to 1000000, got -1.0");
        assertThatThrownBy(() -> SoftDiceLoss.builder().optSmoothing(0, 0))
                .hasMessage("denominator: expected more than 0, got 0");
        assertThatThrownBy(() -> SoftDiceLoss.builder().optSmoothing(Double.NaN, 1))
                .hasMessage("numerator: expected a number from 0 to 1000000, got NaN");
        assertThatThrownBy(() -> WeightedCrossEntropyLoss.builder().optFloor(1))
                .hasMessage("floor: expected a number between 0 and 1, got 1.0");
        assertThat(SoftDiceLoss.builder().optName("mine").build().getName()).isEqualTo("mine");
    }
}
