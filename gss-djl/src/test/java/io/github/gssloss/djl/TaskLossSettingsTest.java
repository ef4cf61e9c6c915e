/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting of the task losses against plain loops over voxels, in float64. */
class TaskLossSettingsTest {

    private static final int B = 2;
    private static final int N = 4;
    private static final int V = 24;
    private static final int IGNORED = 9;
    private static final double[] ALL = {1, 1, 1, 1};
    private static final double[] NO_BACKGROUND = {0, 1, 1, 1};
    private static final double[] UNEQUAL = {0.1, 2, 0.5, 3};

    private final NDManager manager = NDManager.newBaseManager();
    private final double[][][] p = new double[B][N][V];
    private final int[][] label = new int[B][V];

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
        draw(3);
        for (boolean ignores : new boolean[] {false, true}) {
            SoftDiceLoss.Builder builder =
                    SoftDiceLoss.builder()
                            .optClassWeights(weights)
                            .optSmoothing(numerator, denominator);
            SoftDiceLoss loss = (ignores ? builder.optIgnoreIndex(IGNORED) : builder).build();
            assertLoss(loss, diceLoop(weights, numerator, denominator, ignores));
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
        draw(4);
        for (boolean ignores : new boolean[] {false, true}) {
            WeightedCrossEntropyLoss.Builder builder =
                    WeightedCrossEntropyLoss.builder().optClassWeights(weights).optFloor(floor);
            // A label that is no class has no term: the ignore index changes nothing else.
            assertLoss(
                    (ignores ? builder.optIgnoreIndex(IGNORED) : builder).build(),
                    crossEntropyLoop(weights, floor, -1));
            assertLoss(builder.optIgnoreIndex(2).build(), crossEntropyLoop(weights, floor, 2));
        }
    }

    /** Value and gradient. */
    private void assertLoss(Loss loss, double expected) {
        NDList labels = new NDList(labels());
        NDList inputs = new NDList(probabilities());
        assertThat(loss.evaluate(labels, inputs).getDouble()).isCloseTo(expected, within(1e-12));
        double[] gradient =
                Gradients.autograd(inputs, in -> loss.evaluate(labels, in)).get(0).toDoubleArray();
        double largest = 0;
        for (int element = 0; element < gradient.length; element += 5) {
            double difference =
                    Gradients.difference(inputs, 0, element, in -> loss.evaluate(labels, in));
            assertThat(gradient[element]).as("%d", element).isCloseTo(difference, within(1e-8));
            largest = Math.max(largest, Math.abs(difference));
        }
        assertThat(largest).isGreaterThan(1e-4);
    }

    @Test
    void ignoredVoxelsHaveNoGradientAndChangeNothing() {
        draw(5);
        NDList labels = new NDList(labels());
        for (Loss loss :
                new Loss[] {
                    SoftDiceLoss.builder().optIgnoreIndex(IGNORED).build(),
                    WeightedCrossEntropyLoss.builder().optIgnoreIndex(IGNORED).build()
                }) {
            NDList inputs = new NDList(probabilities());
            double before = loss.evaluate(labels, inputs).getDouble();
            double[] gradient =
                    Gradients.autograd(inputs, in -> loss.evaluate(labels, in))
                            .get(0)
                            .toDoubleArray();
            for (int i = 0; i < gradient.length; i++) {
                if (label[i / (N * V)][i % V] == IGNORED) {
                    assertThat(gradient[i]).isZero();
                    p[i / (N * V)][i / V % N][i % V] = 0.9 / (1 + i % N);
                }
            }
            NDList others = new NDList(probabilities());
            assertThat(loss.evaluate(labels, others).getDouble()).isEqualTo(before);
        }
    }

    @Test
    void settingsThatDoNotFitAreNamed() {
        draw(6);
        Loss three = SoftDiceLoss.builder().optClassWeights(1, 2, 3).build();
        NDList labels = new NDList(labels());
        assertThatThrownBy(() -> three.evaluate(labels, new NDList(probabilities())))
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

    private void draw(int seed) {
        Random random = new Random(seed);
        for (int b = 0; b < B; b++) {
            for (int v = 0; v < V; v++) {
                double sum = 0;
                for (int c = 0; c < N; c++) {
                    p[b][c][v] = Math.exp(3 * random.nextGaussian());
                    sum += p[b][c][v];
                }
                for (int c = 0; c < N; c++) {
                    p[b][c][v] /= sum;
                }
                label[b][v] = random.nextInt(5) == 0 ? IGNORED : random.nextInt(N);
            }
        }
    }

    private NDArray probabilities() {
        double[] flat = new double[B * N * V];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = p[i / (N * V)][i / V % N][i % V];
        }
        return manager.create(flat).reshape(new Shape(B, N, 4, V / 4));
    }

    private NDArray labels() {
        long[] flat = new long[B * V];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = label[i / V][i % V];
        }
        return manager.create(flat).reshape(new Shape(B, 4, V / 4));
    }

    private double diceLoop(
            double[] weights, double numerator, double denominator, boolean ignores) {
        double mean = 0;
        double all = 0;
        for (int c = 0; c < N; c++) {
            double overlap = 0;
            double size = 0;
            for (int b = 0; b < B; b++) {
                for (int v = 0; v < V; v++) {
                    if (!ignores || label[b][v] != IGNORED) {
                        int y = label[b][v] == c ? 1 : 0;
                        overlap += p[b][c][v] * y;
                        size += p[b][c][v] + y;
                    }
                }
            }
            mean += weights[c] * (2 * overlap + numerator) / (size + denominator);
            all += weights[c];
        }
        return 1 - mean / all;
    }

    private double crossEntropyLoop(double[] weights, double floor, int ignored) {
        double sum = 0;
        for (int b = 0; b < B; b++) {
            int[] count = new int[N];
            int labelled = 0;
            for (int v = 0; v < V; v++) {
                if (label[b][v] < N && label[b][v] != ignored) {
                    count[label[b][v]]++;
                    labelled++;
                }
            }
            for (int v = 0; v < V; v++) {
                int c = label[b][v];
                if (c < N && c != ignored) {
                    double weight = weights[c] * (1 - (double) count[c] / labelled);
                    sum -= weight * Math.log(Math.max(floor, p[b][c][v]));
                }
            }
        }
        return sum / (B * V);
    }
}
