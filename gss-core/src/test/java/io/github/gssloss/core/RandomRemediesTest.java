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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Trust, balance, readiness, fallbacks and all teachers together, with masks, missing modalities,
 * ignored labels and ties, against plain loops over voxels. A case is one voxel with its label.
 */
class RandomRemediesTest {

    private static final List<Teacher> TEACHERS =
            List.of(
                    PaperTeacher.VOTES,
                    PaperTeacher.FUSED,
                    PaperTeacher.MUTUAL,
                    FallbackTeacher.VOTES_ELSE_FUSED,
                    FallbackTeacher.VOTES_ELSE_NOTHING);
    private static final List<Divergence> KINDS =
            List.of(Divergence.FORWARD_KL, Divergence.REVERSE_KL, Divergence.FLOORED_KL);

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<Object, Integer> seen = new HashMap<>();
    private int cases;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void targetsLossesAndGradientsOfManyRandomCases() {
        for (int seed = 0; seed < 1300; seed++) {
            try (NDManager scope = manager.newSubManager()) {
                new Case(new Random(7_000_000 + seed), scope).check();
            }
        }
        assertThat(cases).isGreaterThanOrEqualTo(20_000);
        for (Object kind : KINDS) {
            assertThat(seen.get(kind)).as("%s", kind).isGreaterThan(2_000);
        }
        for (Object teacher : TEACHERS) {
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

    /** One batch with settings of its own. */
    private final class Case {

        private final Random random;
        private final NDManager scope;
        private final RandomTask task;
        private final GssConfig config;
        private final boolean[] ready;
        private final double[][] z;
        private final double[] fused;
        private final int[] labels;
        private final boolean[] kept;
        private final double[] mask;
        private final boolean ignoring;

        Case(Random random, NDManager scope) {
            this.random = random;
            this.scope = scope;
            task = new RandomTask(random);
            ignoring = random.nextBoolean();
            config = settings();
            ready = new boolean[task.classes()];
            for (int c = 0; c < ready.length; c++) {
                ready[c] = random.nextBoolean();
            }
            z = new double[task.modalities()][task.size()];
            for (double[] branch : z) {
                fill(branch, 3);
            }
            fused = probabilities();
            labels = new int[task.samples * task.voxels];
            kept = new boolean[labels.length];
            mask = new double[labels.length];
            drawLabels();
        }

        private GssConfig settings() {
            GssConfigBuilder builder =
                    task.config.toBuilder()
                            .optTemperature(pick(List.of(0.7, 4.0, 10.0)))
                            .optNormalised(random.nextInt(4) > 0)
                            .optMaskRate(0)
                            .optDivergence(pick(KINDS))
                            .optTeacher(pick(TEACHERS))
                            .optTrust(pick(List.of(Trust.values())))
                            .optBalance(pick(List.of(Balance.values())));
            if (random.nextInt(3) > 0) {
                UnreadyVote vote = pick(List.of(UnreadyVote.values()));
                builder.optReadiness(Readiness.of(0.5, 0.9, vote));
                count(vote);
            }
            GssConfig made = (ignoring ? builder.optIgnoreIndex(255) : builder).build();
            List.of(made.divergence(), made.teacher(), made.trust(), made.balance())
                    .forEach(this::count);
            return made;
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private void count(Object what) {
            seen.merge(what, task.samples * task.voxels, Integer::sum);
        }

        private void fill(double[] branch, double sure) {
            for (int at = 0; at < task.samples * task.voxels; at++) {
                boolean alike = new Random(at).nextInt(5) == 0;
                int favourite = random.nextInt(task.classes());
                for (int c = 0; c < task.classes(); c++) {
                    branch[element(at, c)] =
                            alike ? 1 : (c == favourite ? sure : 0) + random.nextGaussian();
                }
            }
        }

        private int element(int at, int c) {
            return (at / task.voxels * task.classes() + c) * task.voxels + at % task.voxels;
        }

        private double[] probabilities() {
            double[] logits = new double[task.size()];
            fill(logits, 4);
            double[] p = new double[task.size()];
            for (int at = 0; at < task.samples * task.voxels; at++) {
                double[] softmax = PlainGss.softmax(voxel(logits, at), 1);
                for (int c = 0; c < task.classes(); c++) {
                    p[element(at, c)] = softmax[c];
                }
            }
            return p;
        }

        private double[] voxel(double[] array, int at) {
            double[] voxel = new double[task.classes()];
            for (int c = 0; c < voxel.length; c++) {
                voxel[c] = array[element(at, c)];
            }
            return voxel;
        }

        /** Now and then a label of no class; a sample of one class; ignored and masked voxels. */
        private void drawLabels() {
            for (int b = 0; b < task.samples; b++) {
                boolean oneClass = random.nextInt(6) == 0;
                int only = random.nextInt(task.classes());
                for (int v = 0; v < task.voxels; v++) {
                    int at = b * task.voxels + v;
                    int outside = random.nextBoolean() ? -3 : task.classes() + 1;
                    int label = random.nextInt(9) == 0 ? outside : random.nextInt(task.classes());
                    labels[at] = oneClass ? only : label;
                    kept[at] = !ignoring || random.nextInt(4) > 0;
                    mask[at] = random.nextInt(5) > 0 ? 1 : 0;
                    add("ignored", !kept[at]);
                    add("outside", labels[at] == outside);
                }
            }
        }

        private void add(String what, boolean is) {
            seen.merge(what, is ? 1 : 0, Integer::sum);
        }

        void check() {
            cases += labels.length;
            PlainRemedies plain = new PlainRemedies(config, ready);
            double[][][] targets = new double[labels.length][][];
            for (int at = 0; at < labels.length; at++) {
                double[][] logits = new double[z.length][];
                for (int m = 0; m < z.length; m++) {
                    logits[m] = voxel(z[m], at);
                }
                targets[at] =
                        plain.targets(
                                task.present[at / task.voxels],
                                logits,
                                voxel(fused, at),
                                labels[at]);
            }
            NDList logits = new NDList();
            for (int m = 0; m < z.length; m++) {
                double[] branch = z[m].clone();
                for (int i = 0; i < branch.length; i++) {
                    branch[i] = task.isGarbage(m, i) ? RandomTask.anyNumber(random) : branch[i];
                }
                logits.add(scope.create(branch).reshape(task.shape));
            }
            DistillationInput input = input(logits);
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

        private DistillationInput input(NDList logits) {
            int[] given = new int[labels.length];
            double[] flags = new double[ready.length];
            Arrays.setAll(given, at -> kept[at] ? labels[at] : 255);
            Arrays.setAll(flags, c -> ready[c] ? 1 + c : 0);
            Shape shared = VoxelMask.shared(task.shape);
            return DistillationInput.builder()
                    .setBranchLogits(logits)
                    .optPresent(task.matrix(scope))
                    .optLabels(scope.create(given, shared))
                    .optFused(scope.create(fused).reshape(task.shape))
                    .optMask(scope.create(mask).reshape(shared))
                    .optReady(scope.create(flags))
                    .build();
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
                    add("tie", tie && here == 1 && config.trust() == Trust.LABEL);
                    add("trusted", config.trust() != Trust.NONE && here > 0);
                    add("distrusted", config.trust() != Trust.NONE && here < 1);
                    add("undecided", target == null);
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
                        weights[m * all + at] *= kept[at] ? mask[at] * balance[v] : 0;
                    }
                }
            }
            return scope.create(weights)
                    .reshape(new Shape(z.length).addAll(VoxelMask.shared(task.shape)));
        }
    }
}
