/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.core.ClassGroup;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.Readiness;
import io.github.gssloss.core.UnreadyVote;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running counts of the leaders: what they are, what they change, and what leaves them. */
class ReadinessTest {

    private static final int B = 3;
    private static final int M = 4;
    private static final int N = 4;
    private static final int V = 210;
    private static final Shape SHAPE = new Shape(B, N, 5, 6, 7);
    private static final double DECAY = 0.75;
    private static final OutputLayout LAYOUT =
            OutputLayout.builder()
                    .setFused(0, OutputKind.LOGITS)
                    .setBranchLogits(1, 2, 3, 4)
                    .build();
    private static final GssConfig CONFIG =
            GssConfig.builder()
                    .optMaskRate(0)
                    .optIgnoreIndex(255)
                    .optReadiness(Readiness.of(0.5, DECAY, UnreadyVote.LABEL))
                    .build();

    private final NDManager manager = NDManager.newBaseManager();

    @BeforeEach
    void seed() {
        Engine.getInstance().setRandomSeed(41);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Labels with ignored voxels and one of no class, and a matrix with missing modalities. */
    private NDList labels() {
        int[] classes = manager.randomInteger(0, N, new Shape(B * V), DataType.INT32).toIntArray();
        for (int i = 0; i < classes.length; i += 11) {
            classes[i] = 255;
        }
        classes[5] = 77;
        NDArray present =
                manager.create(new int[] {1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1}, new Shape(B, M));
        return new NDList(manager.create(classes, new Shape(B, 5, 6, 7)), present);
    }

    /** Outputs that favour the label in most classes, class 2 hardly. */
    private NDList outputs(NDList labels) {
        int[] classes = labels.get(0).toIntArray();
        NDList outputs = new NDList();
        for (int o = 0; o <= M; o++) {
            float[] z = manager.randomNormal(0, 1, SHAPE, DataType.FLOAT32).toFloatArray();
            for (int at = 0; at < B * V; at++) {
                int label = classes[at];
                if (label < N && label != 2) {
                    z[(at / V * N + label) * V + at % V] += 2.5f;
                }
            }
            outputs.add(manager.create(z).reshape(SHAPE));
        }
        return outputs;
    }

    /** One batch's counts by a plain loop: hits, predicted, labelled. */
    private static double[] counts(NDList labels, NDList outputs) {
        int[] classes = labels.get(0).toIntArray();
        int[] present = labels.get(1).toIntArray();
        double[] counts = new double[3 * N];
        List<ClassGroup> groups = CONFIG.groups().groups();
        for (int c = 0; c < N; c++) {
            for (int m : groups.get(c).leaders()) {
                float[] z = outputs.get(1 + m).toFloatArray();
                for (int at = 0; at < B * V; at++) {
                    if (classes[at] == 255 || present[at / V * M + m] == 0) {
                        continue;
                    }
                    int best = 0;
                    for (int k = 1; k < N; k++) {
                        int row = at / V * N;
                        if (z[(row + k) * V + at % V] > z[(row + best) * V + at % V]) {
                            best = k;
                        }
                    }
                    counts[c] += best == c && classes[at] == c ? 1 : 0;
                    counts[N + c] += best == c ? 1 : 0;
                    counts[2 * N + c] += classes[at] == c ? 1 : 0;
                }
            }
        }
        return counts;
    }

    @Test
    void theCountsAreAnExponentialMeanAndDecideTheTargetsOfTheirBatch() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        double[] wanted = new double[3 * N];
        boolean anyUnready = false;
        for (int step = 0; step < 4; step++) {
            NDList labels = labels();
            NDList outputs = outputs(labels);
            double[] batch = counts(labels, outputs);
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = DECAY * wanted[i] + (1 - DECAY) * batch[i];
            }
            loss.evaluate(labels, outputs);
            assertThat(loss.getLeaderCounts()).containsExactly(wanted, within(1e-9));
            float[] ready = new float[N];
            for (int c = 0; c < N; c++) {
                double dice = 2 * wanted[c] / (wanted[N + c] + wanted[2 * N + c]);
                ready[c] = dice > 0.5 ? 1 : 0;
            }
            assertThat(loss.ready().toFloatArray()).isEqualTo(ready);
            anyUnready |= ready[2] == 0 && ready[0] == 1;
            DistillationInput input =
                    DistillationInput.builder()
                            .setBranchLogits(outputs.subNDList(1))
                            .optLabels(labels.get(0))
                            .optPresent(labels.get(1))
                            .optReady(manager.create(ready))
                            .build();
            try (DistillationResult result = new GroupDistillation(CONFIG).evaluate(input)) {
                assertThat(loss.lastParts().distillation())
                        .isCloseTo(result.loss().getFloat(), within(1e-7f));
            }
        }
        assertThat(anyUnready).isTrue();
    }

    @Test
    void validationAndASecondLookLeaveThem() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        assertThat(loss.getLeaderCounts()).isEmpty();
        NDList labels = labels();
        NDList outputs = outputs(labels);
        float total = loss.evaluate(labels, outputs).getFloat();
        double[] counts = loss.getLeaderCounts();
        assertThat(loss.evaluate(labels, outputs).getFloat()).isEqualTo(total);
        assertThat(loss.getLeaderCounts()).isEqualTo(counts);
        assertThat(loss.getStep()).isEqualTo(1);
        NDList others = labels();
        NDList validated = outputs(others);
        loss.forValidation().evaluate(others, validated);
        loss.addAccumulator("validate");
        loss.updateAccumulators(new String[] {"validate"}, others, validated);
        assertThat(loss.getLeaderCounts()).isEqualTo(counts);
        assertThat(loss.ready()).isNull();
        loss.evaluate(others, outputs(others));
        assertThat(loss.getLeaderCounts()).isNotEqualTo(counts);
    }

    @Test
    void aLossThatGoesOnFromThemHasTheSameBits() {
        GssLoss whole = new GssLoss(LAYOUT, CONFIG);
        GssLoss first = new GssLoss(LAYOUT, CONFIG);
        GssLoss second = new GssLoss(LAYOUT, CONFIG);
        List<NDList> labels = Stream.generate(this::labels).limit(5).toList();
        List<NDList> outputs = labels.stream().map(this::outputs).toList();
        for (int i = 0; i < 5; i++) {
            NDList same = new NDList(labels.get(i).get(0).duplicate(), labels.get(i).get(1));
            GssLoss stopped = i < 3 ? first : second;
            if (i == 3) {
                second.setLeaderCounts(first.getLeaderCounts());
                second.setStep(first.getStep());
                assertThat(second.getLeaderCounts()).isEqualTo(first.getLeaderCounts());
            }
            NDArray wanted = whole.evaluate(labels.get(i), outputs.get(i));
            assertThat(stopped.evaluate(same, outputs.get(i))).isEqualTo(wanted);
            assertThat(stopped.getLeaderCounts()).isEqualTo(whole.getLeaderCounts());
        }
        // From the beginning once more.
        second.setLeaderCounts(new double[0]);
        assertThat(second.getLeaderCounts()).isEmpty();
        second.evaluate(labels.get(0), outputs.get(0));
        first.setLeaderCounts(new double[0]);
        NDList again = new NDList(labels.get(0).get(0).duplicate(), labels.get(0).get(1));
        first.evaluate(again, outputs.get(0));
        assertThat(second.getLeaderCounts()).isEqualTo(first.getLeaderCounts());
    }

    @Test
    void aStepReadsNothingFromTheDeviceAndLeavesNoArray() {
        HostTraffic traffic = new HostTraffic();
        NDList labels = labels();
        NDList outputs = outputs(labels);
        NDList counted = traffic.counted(outputs);
        NDList countedLabels = traffic.counted(labels);
        // By operations of the engine, as on a device: on a CPU its memory may be read.
        DistillationLoss loss =
                DistillationLoss.builder()
                        .setLayout(LAYOUT)
                        .setConfig(CONFIG)
                        .optBlockVoxels(1 << 20)
                        .build();
        loss.evaluate(countedLabels, counted);
        loss.evaluate(traffic.counted(labels()), traffic.counted(outputs(labels)));
        assertThat(traffic.reads()).isEmpty();
        assertThat(traffic.numbers()).isEmpty();
        GssLoss plain = new GssLoss(LAYOUT, CONFIG);
        plain.evaluate(labels, outputs);
        int before = manager.getManagedArrays().size();
        int each = 0;
        for (int i = 0; i < 3; i++) {
            NDList more = labels();
            NDList other = outputs(more);
            int given = manager.getManagedArrays().size();
            plain.evaluate(more, other);
            // The total with and without gradient, four parts, and the ready classes.
            each = manager.getManagedArrays().size() - given;
            assertThat(each).isEqualTo(7);
        }
        assertThat(manager.getManagedArrays().size()).isGreaterThan(before);
    }

    @Test
    void itRefusesOtherCounts() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        GssLoss without = new GssLoss(LAYOUT, GssConfig.paper());
        assertThat(without.getLeaderCounts()).isEmpty();
        without.setLeaderCounts(new double[0]);
        assertThatThrownBy(() -> without.setLeaderCounts(new double[12]))
                .hasMessage(
                        "leader counts: expected none, since the settings have no readiness,"
                                + " got 12");
        assertThatThrownBy(() -> loss.setLeaderCounts(null))
                .hasMessage("leader counts: expected a value, got null");
        assertThatThrownBy(() -> loss.setLeaderCounts(new double[9]))
                .hasMessage(
                        "leader counts: expected none or 12 numbers, three for each of 4 classes,"
                                + " got 9");
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] counts = new double[12];
            Arrays.fill(counts, 1);
            counts[7] = wrong;
            assertThatThrownBy(() -> loss.setLeaderCounts(counts))
                    .hasMessage(
                            "leader counts: expected finite numbers of at least 0, got " + wrong);
        }
        assertThatThrownBy(() -> new DecisionListener(LAYOUT, CONFIG))
                .hasMessageStartingWith("config: expected no readiness, whose state a loss has");
    }
}
