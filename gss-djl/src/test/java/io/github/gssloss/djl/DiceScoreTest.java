/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.TumorRegion;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DiceScoreTest {

    private static final int SIDE = 5;
    private static final int VOXELS = SIDE * SIDE * SIDE;

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
    @CsvSource({
        "WHOLE,4",
        "CORE,4",
        "ENHANCING,4",
        "WHOLE,5",
        "CORE,5",
        "ENHANCING,5",
    })
    void agreesWithAPlainLoopOverVoxels(TumorRegion region, int classes) {
        int[][] predicted = randomClasses(3, classes, 1);
        int[][] classMaps = randomClasses(3, classes, 2);
        DiceScore dice = DiceScore.of(region, classes);
        double expected = 0;
        for (int b = 0; b < 3; b++) {
            expected += plainDice(predicted[b], classMaps[b], region, classes) / 3;
        }

        NDArray value = dice.evaluate(indices(classMaps), new NDList(scores(predicted, classes)));

        assertThat(value.getShape()).isEqualTo(new Shape());
        assertThat(value.getFloat()).isCloseTo((float) expected, within(1e-6f));
        assertThat(dice.getName()).isEqualTo("Dice_" + region.label());
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT32", "FLOAT64", "INT32", "INT64", "INT8", "UINT8"})
    void takesClassIndicesOfAnyNumericTypeAndOneHot(DataType type) {
        int[][] predicted = randomClasses(2, 4, 3);
        int[][] classMaps = randomClasses(2, 4, 4);
        NDList predictions = new NDList(scores(predicted, 4));
        DiceScore dice = DiceScore.of(TumorRegion.CORE, 4);
        float expected = dice.evaluate(indices(classMaps), predictions).getFloat();

        NDList typed = new NDList(indices(classMaps).head().toType(type, true));
        NDList oneHot = new NDList(oneHot(classMaps, 4).toType(type, true));
        NDList booleans = new NDList(oneHot(classMaps, 4).toType(DataType.BOOLEAN, true));

        assertThat(dice.evaluate(typed, predictions).getFloat()).isEqualTo(expected);
        assertThat(dice.evaluate(oneHot, predictions).getFloat()).isEqualTo(expected);
        assertThat(dice.evaluate(booleans, predictions).getFloat()).isEqualTo(expected);
    }

    @Test
    void perfectEmptyAndDisjoint() {
        int[] nothing = new int[VOXELS];
        int[] left = new int[VOXELS];
        int[] right = new int[VOXELS];
        left[7] = 3;
        right[8] = 3;
        DiceScore dice = DiceScore.of(TumorRegion.ENHANCING, 4);

        assertThat(score(dice, left, left)).isEqualTo(1f);
        assertThat(score(dice, nothing, nothing)).isEqualTo(1f);
        assertThat(score(dice, left, right)).isEqualTo(5e-9f, within(1e-12f));
        assertThat(score(dice, left, nothing)).isEqualTo(1e-8f, within(1e-12f));
        assertThat(score(dice, nothing, left)).isEqualTo(1e-8f, within(1e-12f));
    }

    @Test
    void accumulatorsAverageOverSamplesNotOverBatches() {
        int[][] predicted = randomClasses(3, 4, 5);
        int[][] classMaps = randomClasses(3, 4, 6);
        predicted[2] = classMaps[2].clone();
        DiceScore dice = DiceScore.of(TumorRegion.WHOLE, 4);
        dice.addAccumulator("epoch");
        dice.addAccumulator("batch");
        assertThat(dice.getAccumulator("epoch")).isNaN();

        int[][] firstPrediction = {predicted[0], predicted[1]};
        int[][] firstLabels = {classMaps[0], classMaps[1]};
        dice.updateAccumulators(
                new String[] {"epoch", "batch"},
                indices(firstLabels),
                new NDList(scores(firstPrediction, 4)));
        dice.resetAccumulator("batch");
        NDList last = new NDList(scores(new int[][] {predicted[2]}, 4));
        dice.updateAccumulator("epoch", indices(new int[][] {classMaps[2]}), last);
        dice.updateAccumulator("batch", indices(new int[][] {classMaps[2]}), last);

        double expected = 0;
        for (int b = 0; b < 3; b++) {
            expected += plainDice(predicted[b], classMaps[b], TumorRegion.WHOLE, 4) / 3;
        }
        assertThat(dice.getAccumulator("epoch")).isCloseTo((float) expected, within(1e-6f));
        assertThat(dice.getAccumulator("batch")).isEqualTo(1f);
        assertThatThrownBy(() -> dice.getAccumulator("other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Dice_whole: no accumulator was added with the key other");
    }

    @Test
    void evaluatesThePredictionAtItsIndexAndLeavesNothingOnTheManager() {
        int[][] classMaps = randomClasses(1, 4, 7);
        NDList labels = indices(classMaps);
        NDList predictions =
                new NDList(manager.zeros(new Shape(1, 4, SIDE, SIDE, SIDE)), scores(classMaps, 4));
        DiceScore dice =
                DiceScore.builder().setClasses(1, 2, 3).optName("branch").optOutput(1).build();
        dice.addAccumulator("k");
        int before = manager.getManagedArrays().size();

        dice.updateAccumulator("k", labels, predictions);

        assertThat(dice.getAccumulator("k")).isEqualTo(1f);
        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(predictions.get(1).getManager()).isSameAs(manager);
    }

    @Test
    void refusesWhatDoesNotFit() {
        DiceScore dice =
                DiceScore.builder().setClasses(1, 3).optName("second").optOutput(1).build();
        NDArray three = manager.zeros(new Shape(2, 3, 4, 4));
        NDArray four = manager.zeros(new Shape(2, 4, 4, 4));
        assertThatThrownBy(() -> dice.evaluate(new NDList(four), new NDList(four)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("second: expected a prediction at index 1, got 1 predictions");
        DiceScore core = DiceScore.of(TumorRegion.CORE, 4);
        NDArray odd = manager.zeros(new Shape(2, 2, 4, 4));
        assertThatThrownBy(() -> core.evaluate(new NDList(odd), new NDList(four)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Dice_core, labels: expected class indices of shape (2, 4, 4) or (2, 1, 4,"
                                + " 4), or one-hot labels of shape (2, 4, 4, 4), got (2, 2, 4, 4)");
        NDArray flat = manager.zeros(new Shape(2, 4));
        assertThatThrownBy(() -> core.evaluate(new NDList(flat), new NDList(flat)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Dice_core: expected a prediction of shape (B, N, spatial...), got (2, 4)");
        assertThatThrownBy(() -> core.evaluate(new NDList(three), new NDList(three)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Dice_core, class: expected an index from 0 to 2, got 3");
        assertThatThrownBy(() -> DiceScore.of(TumorRegion.CORE, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("numClasses: expected 4");
    }

    @Test
    void anyClassesOfAnyNumberAndTheErrorForListenersThatMinimise() {
        int[][] predicted = randomClasses(2, 7, 21);
        int[][] classMaps = randomClasses(2, 7, 22);
        NDList labels = indices(classMaps);
        NDList predictions = new NDList(scores(predicted, 7));
        double expected = 0;
        for (int b = 0; b < 2; b++) {
            expected += plainDice(predicted[b], classMaps[b], List.of(0, 5)) / 2;
        }
        DiceScore score = DiceScore.builder().setClasses(0, 5).build();
        assertThat(score.getName()).isEqualTo("Dice_0_5");
        assertThat(score.evaluate(labels, predictions).getFloat())
                .isCloseTo((float) expected, within(1e-6f));
        DiceScore error =
                DiceScore.builder().setClasses(0, 5).optName("error").optError(true).build();
        assertThat(error.evaluate(labels, predictions).getFloat())
                .isCloseTo((float) (1 - expected), within(1e-6f));
        assertThat(new DiceScore("mine", 0, 5).evaluate(labels, predictions).getFloat())
                .isCloseTo((float) expected, within(1e-6f));
    }

    @Test
    void ignoredVoxelsCountNowhere() {
        int[][] predicted = randomClasses(1, 4, 31);
        int[][] classMaps = randomClasses(1, 5, 32);
        int[] keptPredicted = new int[VOXELS];
        int[] keptMap = new int[VOXELS];
        for (int v = 0; v < VOXELS; v++) {
            // Left out by hand: neither predicted nor labelled.
            keptPredicted[v] = classMaps[0][v] == 4 ? 0 : predicted[0][v];
            keptMap[v] = classMaps[0][v] == 4 ? 0 : classMaps[0][v];
        }
        DiceScore score = DiceScore.builder().setClasses(1, 2).optIgnoreIndex(4).build();
        assertThat(score.evaluate(indices(classMaps), new NDList(scores(predicted, 4))).getFloat())
                .isCloseTo((float) plainDice(keptPredicted, keptMap, List.of(1, 2)), within(1e-6f));
    }

    private float score(DiceScore dice, int[] predicted, int[] classMap) {
        NDList predictions = new NDList(scores(new int[][] {predicted}, 4));
        return dice.evaluate(indices(new int[][] {classMap}), predictions).getFloat();
    }

    private static int[][] randomClasses(int samples, int classes, long seed) {
        return new Random(seed)
                .ints(samples, 0, Integer.MAX_VALUE)
                .mapToObj(s -> new Random(s).ints(VOXELS, 0, classes).toArray())
                .toArray(int[][]::new);
    }

    private NDList indices(int[][] classes) {
        int[] flat = Arrays.stream(classes).flatMapToInt(Arrays::stream).toArray();
        return new NDList(manager.create(flat, new Shape(classes.length, SIDE, SIDE, SIDE)));
    }

    /** Scores whose largest entry is the class; the others are random and smaller. */
    private NDArray scores(int[][] classes, int numClasses) {
        Random random = new Random(9);
        NDArray oneHot = oneHot(classes, numClasses);
        float[] values = oneHot.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * 0.6f + random.nextFloat() * 0.5f;
        }
        return manager.create(values, oneHot.getShape());
    }

    private NDArray oneHot(int[][] classes, int numClasses) {
        float[] values = new float[classes.length * numClasses * VOXELS];
        for (int b = 0; b < classes.length; b++) {
            for (int v = 0; v < VOXELS; v++) {
                values[(b * numClasses + classes[b][v]) * VOXELS + v] = 1;
            }
        }
        return manager.create(values, new Shape(classes.length, numClasses, SIDE, SIDE, SIDE));
    }

    private static double plainDice(int[] p, int[] t, TumorRegion region, int classes) {
        return plainDice(p, t, region.classes(classes));
    }

    private static double plainDice(int[] p, int[] t, List<Integer> inside) {
        double both = 0;
        double sum = 0;
        for (int v = 0; v < p.length; v++) {
            boolean a = inside.contains(p[v]);
            boolean b = inside.contains(t[v]);
            both += a && b ? 1 : 0;
            sum += (a ? 1 : 0) + (b ? 1 : 0);
        }
        return (2 * both + 1e-8) / (sum + 1e-8);
    }
}
