/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted where the teacher is not the vote, against plain loops. */
class TeacherSharesTest {

    private static final int B = 4;
    private static final int M = 4;
    private static final int N = 4;
    private static final int V = 30;
    private static final Shape SHAPE = new Shape(B, N, 5, 6);

    /** Sample 1 lacks one modality, sample 2 has one alone, sample 3 none. */
    private static final int[] PRESENT = {1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0};

    private final NDManager manager = NDManager.newBaseManager();
    private NDList logits;
    private NDArray labels;
    private NDArray present;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(2);
        logits = new NDList();
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 2, SHAPE, DataType.FLOAT64));
        }
        labels = manager.randomInteger(0, N, new Shape(B, 5, 6), DataType.INT32);
        present = manager.create(PRESENT, new Shape(B, M));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static GroupDistillation withTeacher(Teacher teacher) {
        return new GroupDistillation(GssConfig.builder().optTeacher(teacher).build(), 8);
    }

    @Test
    void decisionsStayThoseOfTheVote() {
        DecisionShares votes =
                DecisionShares.of(
                        withTeacher(PaperTeacher.VOTES), Inputs.labelled(logits, present, labels));
        DecisionShares mutual =
                DecisionShares.of(
                        withTeacher(PaperTeacher.MUTUAL), Inputs.labelled(logits, present, labels));
        for (int c = 0; c < N; c++) {
            assertThat(mutual.classes().get(c).shares()).isEqualTo(votes.classes().get(c).shares());
        }
        assertThat(mutual.classes()).isNotEqualTo(votes.classes());
    }

    @Test
    void whereEachBranchHasItsOwnTargetAllAreCountedTogether() {
        counts(true);
        counts(false);
    }

    private void counts(boolean missing) {
        int[] here = missing ? PRESENT : IntStream.generate(() -> 1).limit(B * M).toArray();
        double[][] z = logits.stream().map(NDArray::toDoubleArray).toArray(double[][]::new);
        int[] classes = labels.toIntArray();
        int[][] counts = new int[N][3];
        int undecided = 0;
        for (int at = 0; at < B * V; at++) {
            boolean decided = false;
            for (int m = 0; m < M; m++) {
                if (here[at / V * M + m] == 1) {
                    counts[classes[at]][2]++;
                    double[] target = othersMean(z, here, m, at);
                    if (target != null) {
                        decided = true;
                        int top = highest(target);
                        counts[top][1]++;
                        counts[top][0] += top == classes[at] ? 1 : 0;
                    }
                }
            }
            undecided += decided ? 0 : 1;
        }
        assertThat(undecided).isEqualTo(missing ? 2 * V : 0);
        DecisionShares shares =
                DecisionShares.of(
                        withTeacher(PaperTeacher.MUTUAL),
                        Inputs.labelled(logits, missing ? present : null, labels));
        assertThat(shares.undecided()).isEqualTo(undecided / (double) (B * V));
        for (int c = 0; c < N; c++) {
            double dice = 2.0 * counts[c][0] / (counts[c][1] + counts[c][2]);
            assertThat(shares.classes().get(c).targetDice().orElseThrow())
                    .as("class %d", c)
                    .isCloseTo(dice, within(1e-8));
        }
    }

    private static double[] othersMean(double[][] z, int[] here, int m, int at) {
        double[] sum = new double[N];
        int others = 0;
        for (int o = 0; o < M; o++) {
            if (o != m && here[at / V * M + o] == 1) {
                double[] own = new double[N];
                for (int c = 0; c < N; c++) {
                    own[c] = z[o][(at / V * N + c) * V + at % V];
                }
                double[] q = PlainGss.softmax(own, 8);
                others++;
                for (int c = 0; c < N; c++) {
                    sum[c] += q[c];
                }
            }
        }
        return others == 0 ? null : sum;
    }

    private static int highest(double[] target) {
        int top = 0;
        for (int c = 1; c < N; c++) {
            top = target[c] > target[top] ? c : top;
        }
        return top;
    }

    @Test
    void theFusedTargetIsEvaluatedInSamplesWithAnyModality() {
        // It predicts class 2 everywhere, and everywhere that is right.
        NDArray fused = manager.zeros(SHAPE, DataType.FLOAT64);
        fused.get(":, 2").addi(1);
        NDArray right = manager.full(new Shape(B, 5, 6), 2);
        GroupDistillation distillation = withTeacher(PaperTeacher.FUSED);
        DecisionShares all =
                DecisionShares.of(distillation, Inputs.labelled(logits, null, right, fused));
        assertThat(all.undecided()).isZero();
        assertThat(all.classes().get(2).targetDice().orElseThrow()).isOne();
        // A sample without any modality is left out: three quarters are found.
        DecisionShares some =
                DecisionShares.of(distillation, Inputs.labelled(logits, present, right, fused));
        assertThat(some.undecided()).isEqualTo(0.25);
        assertThat(some.classes().get(2).targetDice().orElseThrow())
                .isCloseTo(2 * 0.75 / 1.75, within(1e-9));
    }
}
