/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Trust, balance, readiness, fallbacks and all teachers together, with masks, missing modalities,
 * ignored labels and ties, against plain loops over voxels. A case is one voxel with its label.
 */
class RandomRemediesTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<Object, Integer> seen = new HashMap<>();
    private int cases;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void targetsLossesAndGradientsOfManyRandomCases() {
        for (int seed = 0; seed < 1600; seed++) {
            try (NDManager scope = manager.newSubManager()) {
                RandomRemedies drawn =
                        new RandomRemedies(new Random(7_000_000 + seed), scope, seen);
                cases += drawn.labels.length;
                new Case(drawn).check();
            }
        }
        assertThat(cases).isGreaterThanOrEqualTo(20_000);
        for (Object kind : RandomRemedies.KINDS) {
            assertThat(seen.get(kind)).as("%s", kind).isGreaterThan(2_000);
        }
        for (Object teacher : RandomRemedies.TEACHERS) {
            assertThat(seen.get(teacher)).as("%s", teacher).isGreaterThan(2_000);
        }
        for (Object trust : Trust.values()) {
            assertThat(seen.get(trust)).as("%s", trust).isGreaterThan(2_000);
        }
        assertThat(seen.get(Balance.CLASS)).isGreaterThan(5_000);
        assertThat(seen.get(UnreadyVote.LABEL)).isGreaterThan(2_000);
        assertThat(seen.get(UnreadyVote.NONE)).isGreaterThan(2_000);
        assertThat(seen.get("trusted")).isGreaterThan(1_000);
        assertThat(seen.get("distrusted")).isGreaterThan(1_000);
        assertThat(seen.get("tie")).isGreaterThan(200);
        assertThat(seen.get("undecided")).isGreaterThan(500);
        assertThat(seen.get("ignored")).isGreaterThan(1_000);
        assertThat(seen.get("outside")).isGreaterThan(500);
    }

    /** A batch, compared. */
    private static final class Case {

        private final RandomRemedies drawn;
        private final Random random;
        private final RandomTask task;
        private final GssConfig config;
        private final double[][] z;
        private final int[] labels;
        private final boolean[] kept;

        Case(RandomRemedies drawn) {
            this.drawn = drawn;
            random = drawn.random;
            task = drawn.task;
            config = drawn.config;
            z = drawn.z;
            labels = drawn.labels;
            kept = drawn.kept;
        }

        void check() {
            PlainRemedies plain = new PlainRemedies(config, drawn.ready);
            double[][][] targets = new double[labels.length][][];
            for (int at = 0; at < labels.length; at++) {
                double[][] logits = new double[z.length][];
                for (int m = 0; m < z.length; m++) {
                    logits[m] = drawn.voxel(z[m], at);
                }
                targets[at] =
                        plain.targets(
                                task.present[at / task.voxels],
                                logits,
                                drawn.voxel(drawn.fused, at),
                                kept[at] ? labels[at] : -1);
            }
            NDList logits = new NDList();
            for (int m = 0; m < z.length; m++) {
                double[] branch = z[m].clone();
                for (int i = 0; i < branch.length; i++) {
                    branch[i] = task.isGarbage(m, i) ? RandomTask.anyNumber(random) : branch[i];
                }
                logits.add(drawn.scope.create(branch).reshape(task.shape));
            }
            DistillationInput input = drawn.input(logits);
            long block = 1L + random.nextInt(2 * task.voxels);
            GroupDistillation distillation = new GroupDistillation(config, block);
            double[] trust;
            try (SoftTarget soft = distillation.softTarget(input)) {
                trust = trust(plain, targets, soft);
            }
            NDArray weights = weights(plain, trust);
            PlainLoss loop =
                    new PlainLoss(
                            config,
                            new NDList(logits),
                            task.present,
                            weights,
                            (present, voxel, at) -> targets[at]);
            try (DistillationResult result = distillation.evaluate(input)) {
                double loss = loop.loss();
                assertThat(result.loss().getDouble())
                        .as("loss with %s", config)
                        .isCloseTo(loss, within(1e-12 * Math.max(1, Math.abs(loss))));
                for (int i = 0; i < 2; i++) {
                    int m = random.nextInt(z.length);
                    int element = random.nextInt(task.size());
                    if (!task.isGarbage(m, element)) {
                        double[] gradient = result.gradients().get(m).toDoubleArray();
                        assertThat(gradient[element])
                                .as("gradient with %s", config)
                                .isCloseTo(loop.difference(m, element), within(1e-7));
                    }
                }
            }
        }

        /** Compares the trust, by branch and voxel; a near tie may go either way. */
        private double[] trust(PlainRemedies plain, double[][][] targets, SoftTarget soft) {
            double[] got = soft.trust().toType(DataType.FLOAT64, false).toDoubleArray();
            int all = labels.length;
            int rows = got.length / all;
            assertThat(rows).isEqualTo(config.teacher() == PaperTeacher.MUTUAL ? z.length : 1);
            double[] trust = new double[z.length * all];
            for (int m = 0; m < z.length; m++) {
                for (int at = 0; at < all; at++) {
                    double here = got[(rows == 1 ? 0 : m) * all + at];
                    int label = kept[at] ? labels[at] : -1;
                    double[] target = targets[at][m];
                    boolean tie = PlainRemedies.isNearTie(target, label);
                    if (config.trust() != Trust.LABEL || !tie) {
                        assertThat(here)
                                .as("trust with %s", config)
                                .isCloseTo(plain.trust(target, label), within(1e-12));
                    }
                    drawn.add("tie", tie && here == 1 && config.trust() == Trust.LABEL);
                    drawn.add("trusted", config.trust() != Trust.NONE && here > 0);
                    drawn.add("distrusted", config.trust() != Trust.NONE && here < 1);
                    drawn.add("undecided", target == null);
                    trust[m * all + at] = here;
                }
            }
            return trust;
        }

        private NDArray weights(PlainRemedies plain, double[] trust) {
            int all = labels.length;
            double[] weights = trust.clone();
            for (int b = 0; b < task.samples; b++) {
                int from = b * task.voxels;
                double[] balance =
                        plain.balance(
                                Arrays.copyOfRange(labels, from, from + task.voxels),
                                Arrays.copyOfRange(kept, from, from + task.voxels),
                                task.classes());
                for (int v = 0; v < task.voxels; v++) {
                    int at = from + v;
                    for (int m = 0; m < z.length; m++) {
                        weights[m * all + at] *= kept[at] ? drawn.mask[at] * balance[v] : 0;
                    }
                }
            }
            return drawn.scope
                    .create(weights)
                    .reshape(new Shape(z.length).addAll(VoxelMask.shared(task.shape)));
        }
    }
}
