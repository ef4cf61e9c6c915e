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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trust, readiness and the branches' volumes among the shares of decisions, by plain loops. */
class TrustSharesTest {

    private static final int B = 3;
    private static final int M = 4;
    private static final int N = 4;
    private static final int V = 120;
    private static final Shape SHAPE = new Shape(B, N, 4, 5, 6);
    private static final int[] PRESENT = {1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0};

    private final NDManager manager = NDManager.newBaseManager();
    private NDList logits;
    private int[] labels;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(8);
        logits = new NDList();
        for (int m = 0; m < M; m++) {
            logits.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64));
        }
        labels = manager.randomInteger(0, N, new Shape(B * V), DataType.INT32).toIntArray();
        for (int at = 0; at < labels.length; at += 7) {
            labels[at] = 255;
        }
        labels[1] = 50;
        // Nobody is labelled with class 3.
        for (int at = 0; at < labels.length; at++) {
            labels[at] = labels[at] == 3 ? 0 : labels[at];
        }
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private DistillationInput input(NDArray ready) {
        return DistillationInput.builder()
                .setBranchLogits(logits)
                .optLabels(manager.create(labels, new Shape(B, 4, 5, 6)))
                .optPresent(manager.create(PRESENT, new Shape(B, M)))
                .optReady(ready)
                .build();
    }

    private static GssConfigBuilder config() {
        return GssConfig.builder().optIgnoreIndex(255).optMaskRate(0);
    }

    @ParameterizedTest
    @EnumSource(Trust.class)
    void trustIsTheMeanOverTheVoxelsThatCount(Trust trust) {
        for (PaperTeacher teacher : List.of(PaperTeacher.VOTES, PaperTeacher.MUTUAL)) {
            GssConfig config = config().optTrust(trust).optTeacher(teacher).build();
            GroupDistillation distillation = new GroupDistillation(config, 50);
            DistillationInput input = input(null);
            double[] weights;
            try (SoftTarget soft = distillation.softTarget(input)) {
                weights = soft.trust().toDoubleArray();
            }
            double[] sum = new double[N + 1];
            double[] count = new double[N + 1];
            boolean shared = teacher == PaperTeacher.VOTES;
            for (int m = 0; m < (shared ? 1 : M); m++) {
                for (int at = 0; at < B * V; at++) {
                    boolean here = PRESENT[at / V * M + m] == 1;
                    // A sample without modalities has no vote, and counts as such.
                    boolean counts = labels[at] != 255 && (shared || here);
                    double weight = shared && at >= 2 * V ? 0 : weights[m * B * V + at];
                    if (counts && labels[at] < N) {
                        sum[labels[at]] += weight;
                        count[labels[at]]++;
                    }
                    sum[N] += counts ? weight : 0;
                    count[N] += counts ? 1 : 0;
                }
            }
            DecisionShares shares = DecisionShares.of(distillation, input);
            assertThat(shares.trusted()).isCloseTo(sum[N] / count[N], within(1e-12));
            for (int c = 0; c < N; c++) {
                OptionalDouble within = shares.classes().get(c).trustedWithin();
                assertThat(within.isPresent()).isEqualTo(count[c] > 0);
                assertThat(within.orElse(0))
                        .isCloseTo(sum[c] / Math.max(1, count[c]), within(1e-12));
                assertThat(shares.classes().get(c).ready()).isEmpty();
            }
            if (trust == Trust.NONE && shared) {
                assertThat(shares.trusted()).isCloseTo(1 - shares.undecided(), within(1e-12));
            }
        }
    }

    @Test
    void volumesAndDiceAreThoseOfEachBranchInTheSamplesThatHaveIt() {
        DecisionShares shares =
                DecisionShares.of(new GroupDistillation(config().build(), 33), input(null));
        for (int c = 0; c < N; c++) {
            List<OptionalDouble> ratios = shares.classes().get(c).volumeRatios();
            List<OptionalDouble> dice = shares.classes().get(c).branchDice();
            assertThat(ratios).hasSize(M);
            assertThat(dice).hasSize(M);
            for (int m = 0; m < M; m++) {
                double[] z = logits.get(m).toDoubleArray();
                double predicted = 0;
                double labelled = 0;
                double both = 0;
                for (int at = 0; at < B * V; at++) {
                    if (labels[at] == 255 || PRESENT[at / V * M + m] == 0) {
                        continue;
                    }
                    int best = 0;
                    for (int k = 1; k < N; k++) {
                        int row = at / V * N;
                        best = z[(row + k) * V + at % V] > z[(row + best) * V + at % V] ? k : best;
                    }
                    predicted += best == c ? 1 : 0;
                    labelled += labels[at] == c ? 1 : 0;
                    both += best == c && labels[at] == c ? 1 : 0;
                }
                assertThat(ratios.get(m).isPresent()).isEqualTo(labelled > 0);
                assertThat(ratios.get(m).orElse(0))
                        .isEqualTo(labelled > 0 ? predicted / labelled : 0);
                assertThat(dice.get(m).isPresent()).isEqualTo(labelled > 0);
                assertThat(dice.get(m).orElse(0))
                        .isEqualTo(labelled > 0 ? 2 * both / (predicted + labelled) : 0);
            }
        }
        DistillationInput without = DistillationInput.of(logits);
        DecisionShares unlabelled =
                DecisionShares.of(new GroupDistillation(GssConfig.paper()), without);
        assertThat(unlabelled.classes())
                .allMatch(
                        one ->
                                one.volumeRatios().isEmpty()
                                        && one.branchDice().isEmpty()
                                        && one.trustedWithin().isEmpty());
        assertThat(unlabelled.trusted()).isEqualTo(1);
    }

    @Test
    void theReadyClassesAreNamed() {
        GssConfig config = config().optReadiness(Readiness.of(0.5, 0.9, UnreadyVote.LABEL)).build();
        NDArray ready = manager.create(new int[] {3, 0, 1, 0});
        DecisionShares shares = DecisionShares.of(new GroupDistillation(config), input(ready));
        assertThat(shares.classes().stream().map(ClassDecisions::ready))
                .containsExactly(
                        Optional.of(true),
                        Optional.of(false),
                        Optional.of(true),
                        Optional.of(false));
        assertThat(shares.toTable()).endsWith("\nnot ready: NCR/NET, ET");
        NDArray all = manager.ones(new Shape(4));
        assertThat(DecisionShares.of(new GroupDistillation(config), input(all)).toTable())
                .endsWith("\nnot ready: none");
    }
}
