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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskLossTest {

    /** Of the published form. */
    private static final double[] EQUAL = {1, 1, 1, 1};

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void bothAgreeWithPlainLoops(int seed) {
        PlainTaskLoss plain = new PlainTaskLoss(seed, false);
        NDArray probabilities = plain.probabilities(manager);
        NDList labels = new NDList(plain.labels(manager, DataType.INT64));
        assertThat(value(new WeightedCrossEntropyLoss(), labels, probabilities))
                .isCloseTo(plain.crossEntropy(EQUAL, 0.005, -1), within(1e-12));
        assertThat(value(new SoftDiceLoss(), labels, probabilities))
                .isCloseTo(plain.dice(EQUAL, 0, 1e-7, false), within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64", "INT32", "INT64", "UINT8", "INT8"})
    void labelsMayBeOfAnyNumericTypeOrOneHot(DataType type) {
        PlainTaskLoss plain = new PlainTaskLoss(5, false);
        NDArray probabilities = plain.probabilities(manager);
        NDArray oneHot = plain.oneHot(manager, type);
        for (Loss loss : new Loss[] {new WeightedCrossEntropyLoss(), new SoftDiceLoss()}) {
            double expected =
                    value(loss, new NDList(plain.labels(manager, DataType.INT64)), probabilities);
            assertThat(value(loss, new NDList(plain.labels(manager, type)), probabilities))
                    .isEqualTo(expected);
            assertThat(value(loss, new NDList(oneHot), probabilities)).isEqualTo(expected);
        }
    }

    @Test
    void gradientsAgreeWithFiniteDifferences() {
        PlainTaskLoss plain = new PlainTaskLoss(9, false);
        NDList labels = new NDList(plain.labels(manager, DataType.INT64));
        for (Loss loss : new Loss[] {new WeightedCrossEntropyLoss(), new SoftDiceLoss()}) {
            NDList inputs = new NDList(plain.probabilities(manager));
            double[] gradient =
                    Gradients.autograd(inputs, in -> loss.evaluate(labels, in))
                            .get(0)
                            .toDoubleArray();
            for (int element = 0; element < gradient.length; element += 7) {
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
        NDArray perfect = manager.zeros(new Shape(1, 4, 3, 3, 3));
        perfect.set(new NDIndex(":, 0"), 1);
        NDList labels = new NDList(manager.zeros(new Shape(1, 3, 3, 3)));
        assertThat(new SoftDiceLoss().evaluate(labels, new NDList(perfect)).getFloat())
                .isCloseTo(0.75f, within(1e-6f));
        assertThat(new WeightedCrossEntropyLoss().evaluate(labels, new NDList(perfect)).getFloat())
                .isZero();
    }

    @Test
    void nothingStaysOnTheManagersOfTheArguments() {
        PlainTaskLoss plain = new PlainTaskLoss(3, false);
        NDArray probabilities = plain.probabilities(manager);
        NDList labels = new NDList(plain.labels(manager, DataType.INT64));
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

    private static double value(Loss loss, NDList labels, NDArray probabilities) {
        return loss.evaluate(labels, new NDList(probabilities)).getDouble();
    }
}
