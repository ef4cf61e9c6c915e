/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderSearchTest {

    private static final List<String> MODALITIES = List.of("a", "b", "c");
    private static final List<String> CLASSES = List.of("one", "two");

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void diceAgreesWithAPlainLoopOverAllBatches(boolean missing) {
        int samples = 3;
        int voxels = 77;
        List<String> classes = List.of("k", "l", "m", "n");
        Random random = new Random(6);
        LeaderSearch search = new LeaderSearch(MODALITIES, classes);
        long[][][] counts = new long[3][4][2];
        for (int batch = 0; batch < 4; batch++) {
            double[][][][] scores = new double[3][samples][4][voxels];
            int[][] labels = new int[samples][voxels];
            int[] present = new int[samples * 3];
            for (int b = 0; b < samples; b++) {
                for (int v = 0; v < voxels; v++) {
                    // One label beyond the classes belongs to none.
                    labels[b][v] = random.nextInt(5);
                }
                for (int m = 0; m < 3; m++) {
                    present[b * 3 + m] = missing && random.nextInt(3) == 0 ? 0 : 1;
                    fill(scores[m][b], labels[b], 2.0 / (m + 1), random);
                    if (present[b * 3 + m] == 1) {
                        count(scores[m][b], labels[b], counts[m]);
                    }
                }
            }
            NDArray matrix = manager.create(present, new Shape(samples, 3));
            search.add(arrays(scores), array(labels), missing ? matrix : null);
        }
        ModalityDice dice = search.dice();
        for (int m = 0; m < 3; m++) {
            for (int c = 0; c < 4; c++) {
                double wanted = 2.0 * counts[m][c][0] / counts[m][c][1];
                assertThat(dice.value(m, c).orElseThrow()).isCloseTo(wanted, within(1e-15));
            }
        }
        assertThat(dice.best()).hasToString("k: a; l: a; m: a; n: a");
    }

    private static void fill(double[][] scores, int[] labels, double sure, Random random) {
        for (int c = 0; c < scores.length; c++) {
            for (int v = 0; v < labels.length; v++) {
                scores[c][v] = random.nextGaussian() + (labels[v] == c ? sure : 0);
            }
        }
    }

    private static void count(double[][] scores, int[] labels, long[][] counts) {
        for (int v = 0; v < labels.length; v++) {
            int predicted = 0;
            for (int c = 1; c < scores.length; c++) {
                predicted = scores[c][v] > scores[predicted][v] ? c : predicted;
            }
            counts[predicted][1]++;
            if (labels[v] < scores.length) {
                counts[labels[v]][1]++;
                counts[labels[v]][0] += labels[v] == predicted ? 1 : 0;
            }
        }
    }

    private NDList arrays(double[][][][] scores) {
        NDList arrays = new NDList();
        for (double[][][] modality : scores) {
            NDList samples = new NDList();
            for (double[][] sample : modality) {
                samples.add(manager.create(sample));
            }
            arrays.add(NDArrays.stack(samples));
        }
        return arrays;
    }

    private NDArray array(int[][] labels) {
        return manager.create(labels);
    }

    /** Probabilities of one sample from the class that each voxel predicts. */
    private NDArray predicting(int... classes) {
        NDArray indices = manager.create(classes).reshape(1, 1, classes.length);
        return indices.eq(manager.create(new int[] {0, 1}).reshape(1, 2, 1))
                .toType(DataType.FLOAT32, false);
    }

    private NDArray labels(int... classes) {
        return manager.create(classes).reshape(1, classes.length);
    }

    @Test
    void ofEqualsTheLowerIndexLeadsAndAMarginOfZeroTakesAll() {
        ModalityDice dice =
                new LeaderSearch(MODALITIES, CLASSES)
                        .add(
                                new NDList(
                                        predicting(0, 0, 0, 0),
                                        predicting(0, 1, 0, 1),
                                        predicting(0, 1, 0, 1)),
                                labels(0, 0, 1, 1))
                        .dice();
        assertThat(dice.best()).hasToString("one: a; two: b");
        assertThat(dice.within(0)).hasToString("one: a; two: b, c");
    }

    @Test
    void theMarginIncludesItself() {
        ModalityDice dice = dice(new double[][] {{0.5, 0.75}, {1, 0.25}, {0.75, 0.5}});
        assertThat(dice.best()).hasToString("one: b; two: a");
        assertThat(dice.within(0.24)).hasToString("one: b; two: a");
        assertThat(dice.within(0.25)).hasToString("one: b, c; two: a, c");
        assertThat(dice.within(1)).hasToString("one: a, b, c; two: a, b, c");
    }

    private static ModalityDice dice(double[][] values) {
        List<List<OptionalDouble>> rows = new ArrayList<>();
        for (double[] row : values) {
            rows.add(List.of(OptionalDouble.of(row[0]), OptionalDouble.of(row[1])));
        }
        return new ModalityDice(MODALITIES, CLASSES, rows);
    }

    @Test
    void aModalityThatNeverSawAClassIsNoCandidateForIt() {
        LeaderSearch search = new LeaderSearch(MODALITIES, CLASSES);
        // Only b and c saw the second class, and both are bad at it.
        search.add(
                new NDList(predicting(0, 0, 0), predicting(0, 0, 1), predicting(0, 1, 1)),
                labels(0, 0, 1),
                manager.create(new int[] {0, 1, 1}, new Shape(1, 3)));
        search.add(new NDList(predicting(0, 0), predicting(1, 1), predicting(1, 1)), labels(0, 0));
        ModalityDice dice = search.dice();
        assertThat(dice.value(0, 1)).isEmpty();
        assertThat(dice.best()).hasToString("one: a; two: b");
        assertThat(dice.within(1)).hasToString("one: a, b, c; two: b, c");
        assertThat(dice.toTable().lines())
                .containsExactly(
                        "Dice in %     one    two",
                        "a          100.00      -",
                        "b           66.67  50.00",
                        "c           40.00  40.00");
    }

    @Test
    void aClassThatNeverOccursGetsNoLeaders() {
        LeaderSearch search = new LeaderSearch(MODALITIES, CLASSES);
        String message =
                "leaders of class two: expected voxels labelled with it, got none in the samples"
                        + " added";
        NDArray first = predicting(0, 0);
        search.add(new NDList(first, first, first), labels(0, 0));
        assertThatThrownBy(() -> search.dice().best())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> search.dice().within(0.1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void aClassWithDiceZeroEverywhereGetsNoLeaders() {
        LeaderSearch search = new LeaderSearch(MODALITIES, CLASSES);
        NDArray blind = predicting(0, 0, 0);
        search.add(new NDList(blind, blind, predicting(0, 1, 0)), labels(0, 0, 1));
        assertThat(search.dice().value(2, 1)).hasValue(0);
        String message =
                "leaders of class two: expected a modality with a Dice above 0, got 0 from all";
        assertThatThrownBy(() -> search.dice().best())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> search.dice().within(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void logitsAndProbabilitiesOneHotAndIndicesAreTheSame() {
        NDArray z = manager.randomNormal(0, 2, new Shape(2, 2, 5, 6), DataType.FLOAT32);
        NDArray y = manager.randomNormal(0, 2, new Shape(2, 2, 5, 6), DataType.FLOAT32);
        NDArray oneHot = y.eq(y.max(new int[] {1}, true));
        ModalityDice wanted =
                new LeaderSearch(MODALITIES, CLASSES)
                        .add(new NDList(z, y, z.neg()), y.argMax(1))
                        .dice();
        NDList probabilities = new NDList(z.softmax(1), y.softmax(1), z.neg().softmax(1));
        assertThat(new LeaderSearch(MODALITIES, CLASSES).add(probabilities, oneHot).dice())
                .isEqualTo(wanted);
        assertThat(wanted.value(1, 0)).hasValue(1);
    }

    @Test
    void nothingIsLeftBehind() {
        NDArray first = predicting(0, 1);
        NDArray labels = labels(0, 1);
        NDArray present = manager.ones(new Shape(1, 3));
        int before = manager.getManagedArrays().size();
        new LeaderSearch(MODALITIES, CLASSES).add(new NDList(first, first, first), labels, present);
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        LeaderSearch search = new LeaderSearch(MODALITIES, CLASSES);
        NDArray first = predicting(0, 1);
        NDList all = new NDList(first, first, first);
        assertThatThrownBy(() -> search.add(new NDList(first, first), labels(0, 1)))
                .hasMessage(
                        "branches: expected one array for each of the 3 modalities [a, b, c], got"
                                + " 2");
        assertThatThrownBy(() -> search.add(all, labels(0, 1, 1)))
                .hasMessage(
                        "labels: expected class indices of shape (1, 2) or (1, 1, 2), or one-hot"
                                + " labels of shape (1, 2, 2), got (1, 3)");
        assertThatThrownBy(() -> search.add(all, labels(0, 1), manager.ones(new Shape(3))))
                .hasMessage("present: expected shape (1, 3), got (3)");
        assertThatThrownBy(() -> new LeaderSearch(List.of("a", "a"), CLASSES))
                .hasMessage("modalities: expected at least 1 distinct names, got [a, a]");
        assertThatThrownBy(() -> new LeaderSearch(MODALITIES, List.of("one")))
                .hasMessage("classes: expected at least 2 distinct names, got [one]");
        ModalityDice dice = dice(new double[][] {{1, 1}, {1, 1}, {1, 1}});
        assertThatThrownBy(() -> dice.within(-0.1))
                .hasMessage("margin: expected a number from 0.0 to 1.0, got -0.1");
        assertThatThrownBy(() -> new ModalityDice(MODALITIES, CLASSES, List.of()))
                .hasMessage("values: expected 3 modalities of 2 classes, got []");
    }
}
