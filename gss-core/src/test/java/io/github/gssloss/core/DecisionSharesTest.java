/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionSharesTest {

    private static final Shape SHAPE = new Shape(3, 4, 5, 6, 7);
    private static final int B = 3;
    private static final int M = 4;
    private static final int N = 4;
    private static final int V = 210;
    private static final int[][] PRESENT = {{1, 1, 1, 1}, {0, 1, 0, 1}, {0, 0, 0, 0}};

    /**
     * At tau 1 and logits this large, branches that contradict each other leave voxels undecided.
     */
    private static final GssConfig CONFIG =
            GssConfig.builder()
                    .optTemperature(1)
                    .optGroups(
                            ClassGroups.parse(
                                    List.of("flair", "t1ce", "t1", "t2"),
                                    "BG: flair, t1ce; NCR: t1ce; ED: flair, t1, t2; ET: t1"))
                    .build();

    private final NDManager manager = NDManager.newBaseManager();
    private final GroupDistillation distillation = new GroupDistillation(CONFIG);
    private NDList logits;
    private NDArray labels;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(3);
        NDArray common = manager.randomNormal(0, 2, SHAPE, DataType.FLOAT64);
        // Some voxels are far surer than the others, and nothing in common unites them.
        NDArray unlike = manager.randomUniform(0, 1, SHAPE, DataType.FLOAT64).get(":, :1").lt(0.5);
        NDArray apart = unlike.toType(DataType.FLOAT64, false);
        common = common.mul(apart.neg().add(1));
        NDArray scale = apart.mul(1e4).add(1);
        logits = new NDList();
        for (int m = 0; m < M; m++) {
            NDArray own = manager.randomNormal(0, 1.5f, SHAPE, DataType.FLOAT64);
            logits.add(own.add(common).mul(scale));
        }
        Random random = new Random(4);
        // -1 and 3, ET, never occur: no class, and a class that is absent.
        float[] indices = new float[B * V];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = random.nextInt(4) - 1;
        }
        labels = manager.create(indices, new Shape(B, 5, 6, 7));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theyAgreeWithPlainLoops(boolean missing) {
        NDArray present = missing ? manager.create(flat(PRESENT), new Shape(B, M)) : null;
        Loop loop = new Loop(missing);
        assertThat(loop.undecided).isBetween(10, B * V - 100);
        DecisionShares shares =
                DecisionShares.of(distillation, Inputs.labelled(logits, present, labels));
        assertThat(shares.voxels()).isEqualTo(B * V);
        assertThat(shares.undecided()).isEqualTo(loop.undecided / (double) (B * V));
        for (int c = 0; c < N; c++) {
            ClassDecisions one = shares.classes().get(c);
            assertThat(one.className()).isEqualTo(CONFIG.groups().groups().get(c).className());
            for (Decision decision : Decision.values()) {
                assertThat(one.share(decision))
                        .as("%s of %s", decision, one.className())
                        .isEqualTo(loop.decisions[c][decision.code()] / (double) (B * V));
                assertThat(one.shareWithin(decision))
                        .as("%s within %s", decision, one.className())
                        .isEqualTo(loop.within(c, decision));
            }
            assertThat(one.targetDice().orElseThrow())
                    .as(one.className())
                    .isCloseTo(loop.dice(c), within(1e-15));
        }
        int empty = missing ? V : 0;
        assertThat(shares.classes().get(3).share(Decision.NO_MODALITY))
                .isEqualTo(empty / (double) (B * V));
        for (Decision decision : Decision.values()) {
            boolean seen =
                    IntStream.range(0, N).anyMatch(c -> loop.decisions[c][decision.code()] > 0);
            assertThat(seen)
                    .as("%s occurs", decision)
                    .isEqualTo(decision != Decision.NO_MODALITY || missing);
        }
    }

    /** Counts voxel by voxel. */
    private final class Loop {

        private final int[][] decisions = new int[N][Decision.values().length];
        private final int[][] within = new int[N][Decision.values().length];
        private final int[] labelled = new int[N];
        private final int[] both = new int[N];
        private final int[] sizes = new int[N];
        private int undecided;

        Loop(boolean missing) {
            double[][] z = logits.stream().map(NDArray::toDoubleArray).toArray(double[][]::new);
            float[] classes = labels.toFloatArray();
            for (int at = 0; at < B * V; at++) {
                boolean[] present = new boolean[M];
                double[][] voxel = new double[M][N];
                for (int m = 0; m < M; m++) {
                    present[m] = !missing || PRESENT[at / V][m] == 1;
                    for (int c = 0; c < N; c++) {
                        voxel[m][c] = z[m][(at / V * N + c) * V + at % V];
                    }
                }
                count(voxel, present, (int) classes[at]);
            }
        }

        private void count(double[][] voxel, boolean[] present, int label) {
            for (int c = 0; c < N; c++) {
                int of = c;
                double[] p =
                        Arrays.stream(voxel).mapToDouble(z -> PlainGss.softmax(z, 1)[of]).toArray();
                List<Integer> leaders = CONFIG.groups().groups().get(c).leaders();
                PlainGss.PlainVote vote = PlainGss.vote(CONFIG, leaders, present, p, p);
                decisions[c][vote.decision().code()]++;
                within[c][vote.decision().code()] += c == label ? 1 : 0;
            }
            double[] target = PlainGss.target(CONFIG, present, voxel);
            int predicted = -1;
            if (target == null) {
                undecided++;
            } else {
                predicted = 0;
                for (int c = 1; c < N; c++) {
                    predicted = target[c] > target[predicted] ? c : predicted;
                }
                sizes[predicted]++;
            }
            if (label >= 0) {
                sizes[label]++;
                labelled[label]++;
                both[label] += label == predicted ? 1 : 0;
            }
        }

        OptionalDouble within(int c, Decision decision) {
            return labelled[c] == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(within[c][decision.code()] / (double) labelled[c]);
        }

        double dice(int c) {
            return (2.0 * both[c] + 1e-8) / (sizes[c] + 1e-8);
        }
    }

    private static int[] flat(int[][] rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {13, 209, 210, 211, 420, 629, 630})
    void theyDoNotDependOnTheBlocks(long block) {
        NDArray present = manager.create(flat(PRESENT), new Shape(B, M));
        assertThat(
                        DecisionShares.of(
                                new GroupDistillation(CONFIG, block),
                                Inputs.labelled(logits, present, labels)))
                .isEqualTo(
                        DecisionShares.of(distillation, Inputs.labelled(logits, present, labels)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT64", "FLOAT16", "INT32", "INT64", "INT8"})
    void labelsMayBeOfAnyType(String type) {
        DecisionShares wanted =
                DecisionShares.of(distillation, Inputs.labelled(logits, null, labels));
        NDArray other = labels.toType(DataType.valueOf(type), false);
        assertThat(DecisionShares.of(distillation, Inputs.labelled(logits, null, other)))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "BOOLEAN", "UINT8"})
    void labelsMayBeOneHot(String type) {
        DecisionShares wanted =
                DecisionShares.of(distillation, Inputs.labelled(logits, null, labels));
        NDArray classes = manager.arange(0f, N).reshape(1, N, 1, 1, 1);
        NDArray oneHot = labels.expandDims(1).eq(classes).toType(DataType.valueOf(type), false);
        assertThat(DecisionShares.of(distillation, Inputs.labelled(logits, null, oneHot)))
                .isEqualTo(wanted);
    }

    @Test
    void withoutLabelsThereIsNoDice() {
        DecisionShares shares = DecisionShares.of(distillation, DistillationInput.of(logits));
        assertThat(shares.toTable())
                .contains("MINIMUM")
                .doesNotContain("Dice")
                .doesNotContain("own");
        assertThat(shares.classes())
                .allSatisfy(one -> assertThat(one.targetDice()).isEmpty())
                .allSatisfy(one -> assertThat(one.shareWithin(Decision.MINIMUM)).isEmpty())
                .allSatisfy(
                        one ->
                                assertThat(
                                                one.shares().values().stream()
                                                        .mapToDouble(Double::doubleValue)
                                                        .sum())
                                        .isCloseTo(1, within(1e-12)));
    }

    @Test
    void aClassThatIsNowhereScoresOne() {
        NDList sure = new NDList();
        for (int m = 0; m < M; m++) {
            sure.add(manager.create(new float[] {9, 0, 0, 0}).reshape(1, N, 1));
        }
        DecisionShares shares =
                DecisionShares.of(
                        distillation, Inputs.labelled(sure, null, manager.zeros(new Shape(1, 1))));
        assertThat(shares.classes()).allSatisfy(one -> assertThat(one.targetDice()).hasValue(1));
        assertThat(shares.undecided()).isZero();
    }

    @Test
    void nothingIsDrawnOrLeftBehindOrWritten() {
        NDArray present = manager.ones(new Shape(B, M));
        NDList copies = new NDList();
        logits.forEach(z -> copies.add(z.duplicate()));
        Engine.getInstance().setRandomSeed(8);
        float[] wanted = manager.randomUniform(0, 1, new Shape(5)).toFloatArray();
        Engine.getInstance().setRandomSeed(8);
        int before = manager.getManagedArrays().size();
        DecisionShares.of(distillation, Inputs.labelled(logits, present, labels));
        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(logits).isEqualTo(copies);
        assertThat(manager.randomUniform(0, 1, new Shape(5)).toFloatArray()).isEqualTo(wanted);
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        NDArray flat = manager.zeros(new Shape(B, V));
        assertThatThrownBy(
                        () -> DecisionShares.of(distillation, Inputs.labelled(logits, null, flat)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "labels: expected class indices of shape (3, 5, 6, 7) or (3, 1, 5, 6, 7),"
                                + " or one-hot labels of shape (3, 4, 5, 6, 7), got (3, 210)");
        NDArray few = manager.ones(new Shape(B, 2));
        assertThatThrownBy(() -> DecisionShares.of(distillation, Inputs.present(logits, few)))
                .hasMessage("present: expected shape (3, 4), got (3, 2)");
        NDList three = new NDList(logits.subList(0, 3));
        assertThatThrownBy(() -> DecisionShares.of(distillation, DistillationInput.of(three)))
                .hasMessage(
                        "branch logits: expected one array for each of the 4 modalities [flair,"
                                + " t1ce, t1, t2], got 3");
        assertThatThrownBy(
                        () ->
                                new ClassDecisions(
                                        "ED",
                                        Map.of(Decision.MINIMUM, 1.0),
                                        Map.of(),
                                        OptionalDouble.empty(),
                                        OptionalDouble.empty(),
                                        List.of(),
                                        List.of(),
                                        Optional.empty()))
                .hasMessage("shares of class ED: expected one for every decision, got [MINIMUM]");
    }
}
