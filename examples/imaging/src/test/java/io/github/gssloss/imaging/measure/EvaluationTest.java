/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.segment.SlidingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final int[] WINDOW = {4, 4, 4};

    /** A random case whose images show the class: modality m is 1 where the class is m. */
    private static final class OneHotCase implements EvaluationCase {

        private final String name;
        private final int side;
        private final byte[] labels;

        OneHotCase(String name, int side, long seed) {
            Random random = new Random(seed);
            this.name = name;
            this.side = side;
            this.labels = new byte[side * side * side];
            for (int v = 0; v < labels.length; v++) {
                labels[v] = (byte) random.nextInt(4);
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int[] shape() {
            return new int[] {side, side, side};
        }

        @Override
        public float[] images() {
            float[] images = new float[4 * labels.length];
            for (int v = 0; v < labels.length; v++) {
                images[labels[v] * labels.length + v] = 1;
            }
            return images;
        }

        @Override
        public byte[] labels() {
            return labels;
        }
    }

    /** Knows every class whose modality it was given; the others look like background. */
    private static NDArray reads(NDArray image, NDArray subset) {
        NDArray weights = subset.toType(image.getDataType(), true).reshape(1, 4, 1, 1, 1);
        NDArray known = image.mul(weights);
        known.get("0, 0").addi(0.5);
        return known;
    }

    @Test
    void evaluatesEveryCaseWithEverySubset() {
        List<OneHotCase> cases = List.of(new OneHotCase("a", 5, 1), new OneHotCase("b", 4, 2));
        List<ModalitySubset> subsets =
                List.of(Brats.BRATS2020.all(), ModalitySubset.of(Brats.T1CE, Brats.FLAIR));
        List<ScoredPrediction> scored = new ArrayList<>();
        List<String> windows = new ArrayList<>();
        SlidingWindow sliding = new SlidingWindow(EvaluationTest::reads, 4, WINDOW);
        Evaluation evaluation =
                new Evaluation(
                        sliding, Brats.BRATS2020, (done, total) -> windows.add(done + "/" + total));
        try (NDManager manager = NDManager.newBaseManager()) {
            cases.forEach(one -> scored.addAll(evaluation.evaluate(manager, one, subsets)));
        }
        List<Score> rows = scored.stream().flatMap(one -> one.scores().stream()).toList();
        ScoreTable table = new ScoreTable(rows);

        assertThat(table.rows()).hasSize(2 * 2 * 3);
        assertThat(table.cases()).isEqualTo(2);
        Optional<ModalitySubset> all = Optional.of(Brats.BRATS2020.all());
        assertThat(table.mean(Metric.DICE, all, Optional.empty())).isEqualTo(1);
        assertThat(table.mean(Metric.HD95, all, Optional.empty())).isZero();
        assertThat(windows).hasSize(8 + 1).startsWith("1/8", "2/8").endsWith("8/8", "1/1");
        assertThat(scored.get(0).classes()).isEqualTo(cases.get(0).labels());
        assertThat(scored.get(3).subset()).isEqualTo(subsets.get(1));
        assertThat(table.rows().subList(9, 12)).isEqualTo(scored.get(3).scores());

        // With flair and t1ce only class 1 is found: no enhancing tumour, the core in part.
        assertThat(table.mean(Metric.DICE, subsets.get(1), Brats.ENHANCING)).isZero();
        assertThat(table.mean(Metric.HD95, subsets.get(1), Brats.ENHANCING)).isEqualTo(373.13);
        double core = 0;
        for (OneHotCase one : cases) {
            double ones = count(one.labels(), 1);
            core += 2 * ones / (2 * ones + count(one.labels(), 3)) / 2;
        }
        assertThat(table.mean(Metric.DICE, subsets.get(1), Brats.CORE))
                .isCloseTo(core, within(1e-9));
    }

    /** Inputs {@code thin} and {@code oneslice}: every voxel of the volume gets its class. */
    @Test
    void volumesSmallerThanTheWindowAreEvaluated() {
        SlidingWindow sliding = new SlidingWindow(EvaluationTest::reads, 4, WINDOW);
        Evaluation evaluation = new Evaluation(sliding, Brats.BRATS2020, (done, total) -> {});
        OneHotCase small = new OneHotCase("small", 3, 2);
        try (NDManager manager = NDManager.newBaseManager()) {
            List<ScoredPrediction> scored =
                    evaluation.evaluate(manager, small, List.of(Brats.BRATS2020.all()));
            assertThat(scored.get(0).classes()).isEqualTo(small.labels());
            assertThatThrownBy(() -> evaluation.evaluate(manager, small, List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("subsets: expected at least one, got none");
        }
    }

    @Test
    void aNetworkThatOverflowsGivesNoScores() {
        SlidingWindow sliding =
                new SlidingWindow(
                        (image, subset) -> image.mul(3e38f).mul(10).softmax(1), 4, WINDOW);
        Evaluation evaluation = new Evaluation(sliding, Brats.BRATS2020, (done, total) -> {});
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(
                            () ->
                                    evaluation.evaluate(
                                            manager,
                                            new OneHotCase("a", 5, 1),
                                            Brats.BRATS2020.allAndSingles()))
                    .isInstanceOf(UserInputException.class)
                    .hasMessage(
                            "case a with flair+t1ce+t1+t2, window at [0, 0, 0]: expected finite"
                                    + " probabilities, got NaN");
        }
    }

    private static double count(byte[] labels, int classIndex) {
        double count = 0;
        for (byte label : labels) {
            count += label == classIndex ? 1 : 0;
        }
        return count;
    }
}
