/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskLossTest {

    private static final int B = 2;
    private static final int N = 4;
    private static final int V = 30;

    private final NDManager manager = NDManager.newBaseManager();
    private final double[][][] p = new double[B][N][V];
    private final int[][] label = new int[B][V];

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void bothAgreeWithPlainLoops(int seed) {
        draw(seed);
        NDArray probabilities = probabilities();
        NDList labels = new NDList(indices(DataType.INT64));
        assertThat(value(new WeightedCrossEntropyLoss(), labels, probabilities))
                .isCloseTo(crossEntropyLoop(), within(1e-12));
        assertThat(value(new SoftDiceLoss(), labels, probabilities))
                .isCloseTo(diceLoop(), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64", "INT32", "INT64", "UINT8", "INT8"})
    void labelsMayBeOfAnyNumericTypeOrOneHot(DataType type) {
        draw(5);
        NDArray probabilities = probabilities();
        NDArray oneHot = manager.zeros(new Shape(B, N, V), type);
        for (int b = 0; b < B; b++) {
            for (int v = 0; v < V; v++) {
                oneHot.set(new NDIndex(b, label[b][v], v), 1);
            }
        }
        for (Loss loss : new Loss[] {new WeightedCrossEntropyLoss(), new SoftDiceLoss()}) {
            double expected = value(loss, new NDList(indices(DataType.INT64)), probabilities);
            assertThat(value(loss, new NDList(indices(type)), probabilities)).isEqualTo(expected);
            assertThat(value(loss, new NDList(oneHot), probabilities)).isEqualTo(expected);
        }
    }

    @Test
    void gradientsAgreeWithFiniteDifferences() {
        draw(9);
        NDList labels = new NDList(indices(DataType.INT64));
        for (Loss loss : new Loss[] {new WeightedCrossEntropyLoss(), new SoftDiceLoss()}) {
            NDList inputs = new NDList(probabilities());
            double[] gradient =
                    Gradients.autograd(inputs, in -> loss.evaluate(labels, in))
                            .get(0)
                            .toDoubleArray();
            for (int element = 0; element < B * N * V; element += 7) {
                double expected =
                        Gradients.difference(inputs, 0, element, in -> loss.evaluate(labels, in));
                assertThat(gradient[element])
                        .as("%s, element %d", loss.getName(), element)
                        .isCloseTo(expected, within(1e-8));
            }
        }
    }

    @Test
    void perfectPredictionOfHealthyTissueCostsThreeQuarters() {
        NDArray perfect = manager.zeros(new Shape(1, N, 3, 3, 3));
        perfect.set(new NDIndex(":, 0"), 1);
        NDList labels = new NDList(manager.zeros(new Shape(1, 3, 3, 3)));
        assertThat(new SoftDiceLoss().evaluate(labels, new NDList(perfect)).getFloat())
                .isCloseTo(0.75f, within(1e-6f));
        assertThat(new WeightedCrossEntropyLoss().evaluate(labels, new NDList(perfect)).getFloat())
                .isZero();
    }

    @Test
    void nothingStaysOnTheManagersOfTheArguments() {
        draw(3);
        NDArray probabilities = probabilities();
        NDList labels = new NDList(indices(DataType.INT64));
        for (Loss loss : new Loss[] {new WeightedCrossEntropyLoss(), new SoftDiceLoss()}) {
            int before = manager.getManagedArrays().size();
            loss.evaluate(labels, new NDList(probabilities)).close();
            assertThat(manager.getManagedArrays()).as(loss.getName()).hasSize(before);
        }
    }

    @Test
    void wrongShapesAreNamed() {
        NDList labels = new NDList(manager.zeros(new Shape(2, 3, 4)));
        NDList predictions = new NDList(manager.zeros(new Shape(2, 4, 3, 5)));
        assertThatThrownBy(() -> new SoftDiceLoss().evaluate(labels, predictions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "labels: expected class indices of shape (2, 3, 5) or (2, 1, 3, 5), or"
                                + " one-hot labels of shape (2, 4, 3, 5), got (2, 3, 4)");
        assertThatThrownBy(
                        () ->
                                new WeightedCrossEntropyLoss()
                                        .evaluate(labels, new NDList(manager.zeros(new Shape(3)))))
                .hasMessage(
                        "predictions 0: expected class probabilities (batch, classes, spatial...),"
                                + " got (3)");
    }

    private void draw(int seed) {
        Random random = new Random(seed);
        for (int b = 0; b < B; b++) {
            for (int v = 0; v < V; v++) {
                double sum = 0;
                for (int c = 0; c < N; c++) {
                    // Wide enough that some probabilities fall below the floor of 0.005.
                    p[b][c][v] = Math.exp(4 * random.nextGaussian());
                    sum += p[b][c][v];
                }
                for (int c = 0; c < N; c++) {
                    p[b][c][v] /= sum;
                }
                label[b][v] = random.nextInt(N - b);
            }
        }
    }

    private NDArray probabilities() {
        double[] flat = new double[B * N * V];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = p[i / (N * V)][i / V % N][i % V];
        }
        return manager.create(flat).reshape(B, N, V);
    }

    private NDArray indices(DataType type) {
        long[] flat = new long[B * V];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = label[i / V][i % V];
        }
        return manager.create(flat).reshape(B, V).toType(type, false);
    }

    private static double value(Loss loss, NDList labels, NDArray probabilities) {
        return loss.evaluate(labels, new NDList(probabilities)).getDouble();
    }

    private double crossEntropyLoop() {
        double sum = 0;
        for (int b = 0; b < B; b++) {
            int[] count = new int[N];
            for (int v = 0; v < V; v++) {
                count[label[b][v]]++;
            }
            for (int v = 0; v < V; v++) {
                int c = label[b][v];
                double weight = 1 - (double) count[c] / V;
                sum -= weight * Math.log(Math.max(0.005, Math.min(1, p[b][c][v])));
            }
        }
        return sum / (B * V);
    }

    private double diceLoop() {
        double mean = 0;
        for (int c = 0; c < N; c++) {
            double overlap = 0;
            double size = 0;
            for (int b = 0; b < B; b++) {
                for (int v = 0; v < V; v++) {
                    int y = label[b][v] == c ? 1 : 0;
                    overlap += p[b][c][v] * y;
                    size += p[b][c][v] + y;
                }
            }
            mean += 2 * overlap / (size + 1e-7) / N;
        }
        return 1 - mean;
    }
}
