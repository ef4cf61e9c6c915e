/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The arrays against one voxel at a time. A case is one voxel of one sample, with probabilities and
 * values of its own for every modality and class; what it is part of is a {@link RandomTask}, drawn
 * anew every dozen or two voxels.
 */
class RandomCasesTest {

    private final Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
    private final Set<List<Integer>> leadersOfModalities = new HashSet<>();
    private final Set<Integer> classes = new HashSet<>();
    private final Set<Integer> ranks = new HashSet<>();
    private final NDManager manager = NDManager.newBaseManager();
    private int cases;
    private int ties;
    private int undecided;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theVotesOfManyRandomCases() {
        for (int seed = 0; seed < 1200; seed++) {
            Random random = new Random(seed);
            RandomTask task = new RandomTask(random);
            try (NDManager scope = manager.newSubManager()) {
                vote(task, random, scope);
            }
            seen(task);
        }
        assertThat(cases).isGreaterThanOrEqualTo(20_000);
        assertThat(decisions.keySet()).containsExactlyInAnyOrder(Decision.values());
        assertThat(decisions.values()).allMatch(count -> count >= 500);
        assertThat(ties).isGreaterThanOrEqualTo(500);
        assertThat(leadersOfModalities).hasSize(1 + 2 + 3 + 4 + 5 + 6);
        assertThat(classes).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8);
        assertThat(ranks).containsExactlyInAnyOrder(4, 5);
    }

    private void seen(RandomTask task) {
        cases += task.samples * task.voxels;
        classes.add(task.classes());
        ranks.add(task.shape.dimension());
        for (ClassGroup group : task.groups.groups()) {
            leadersOfModalities.add(List.of(task.modalities(), group.leaders().size()));
        }
    }

    /** Probabilities in eighths, so that thresholds are hit exactly. */
    private void vote(RandomTask task, Random random, NDManager scope) {
        boolean single = random.nextBoolean();
        float[][] p = new float[task.modalities()][task.size()];
        float[][] q = new float[task.modalities()][task.size()];
        for (int m = 0; m < task.modalities(); m++) {
            for (int i = 0; i < task.size(); i++) {
                p[m][i] = random.nextInt(9) / 8f;
                q[m][i] = random.nextInt(6) == 0 ? random.nextInt(2) : random.nextFloat();
            }
        }
        NDList probabilities = branches(task, p, single, scope);
        NDList tempered = branches(task, q, single, scope);
        try (Vote vote = task.config.votingRule().vote(probabilities, tempered, task.groups, task.matrix(scope))) {
            double[] votes = vote.value().toType(DataType.FLOAT64, false).toDoubleArray();
            byte[] codes = vote.decision().toByteArray();
            byte[] wantedCodes = new byte[codes.length];
            double[] wantedVotes = new double[votes.length];
            for (int i = 0; i < votes.length; i++) {
                PlainGss.PlainVote expected = expected(task, p, q, i);
                wantedCodes[i] = (byte) expected.decision().code();
                wantedVotes[i] = expected.vote();
                decisions.merge(expected.decision(), 1, Integer::sum);
            }
            assertThat(codes).as("decisions of %s", task.shape).isEqualTo(wantedCodes);
            assertThat(votes)
                    .as("votes of %s", task.shape)
                    .containsExactly(wantedVotes, within(single ? 2e-7 : 1e-15));
        }
    }

    private PlainGss.PlainVote expected(RandomTask task, float[][] p, float[][] q, int element) {
        double[] plain = new double[task.modalities()];
        double[] tempered = new double[task.modalities()];
        List<Integer> leaders = task.groupAt(element).leaders();
        boolean tie = false;
        for (int m = 0; m < task.modalities(); m++) {
            plain[m] = p[m][element];
            tempered[m] = q[m][element];
            double threshold =
                    leaders.contains(m) ? task.config.leaderThreshold() : task.config.memberThreshold();
            tie |= task.presentAt(element)[m] && plain[m] == threshold;
        }
        ties += tie ? 1 : 0;
        return PlainGss.vote(task.config, leaders, task.presentAt(element), plain, tempered);
    }

    private static NDList branches(
            RandomTask task, float[][] values, boolean single, NDManager scope) {
        NDList branches = new NDList();
        for (float[] branch : values) {
            NDArray array = scope.create(branch).reshape(task.shape);
            branches.add(single ? array : array.toType(DataType.FLOAT64, false));
        }
        return branches;
    }

    @Test
    void theTargetsAndLossesOfRandomLogits() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(1_000_000 + seed);
            RandomTask task = new RandomTask(random);
            try (NDManager scope = manager.newSubManager()) {
                distil(task, random, scope);
            }
            seen(task);
        }
        assertThat(cases).isGreaterThanOrEqualTo(4_000);
        assertThat(undecided).isGreaterThanOrEqualTo(100);
        assertThat(decisions.keySet()).containsExactlyInAnyOrder(Decision.values());
        assertThat(decisions.values()).allMatch(count -> count >= 300);
    }

    private void distil(RandomTask task, Random random, NDManager scope) {
        GssConfig config =
                task.config.toBuilder()
                        .optTemperature(List.of(1.0, 4.0, 10.0).get(random.nextInt(3)))
                        .optNormalised(random.nextInt(4) > 0)
                        .optDivergence(Divergence.values()[random.nextInt(2)])
                        .optMaskRate(0)
                        .build();
        double[][] z = new double[task.modalities()][task.size()];
        for (double[] branch : z) {
            fill(branch, task, random);
        }
        NDList logits = new NDList();
        for (double[] branch : z) {
            logits.add(scope.create(branch).reshape(task.shape));
        }
        // Blocks of any length: through a sample, or several samples in one.
        long block = 1L + random.nextInt(2 * task.voxels);
        GroupDistillation distillation = new GroupDistillation(config, block);
        NDArray matrix = task.matrix(scope);
        PlainLoss loop = new PlainLoss(config, logits, task.present, null);
        try (DistillationResult result = distillation.evaluate(Inputs.present(logits, matrix));
                SoftTarget target = distillation.softTarget(Inputs.present(logits, matrix))) {
            double loss = loop.loss();
            assertThat(result.loss().getDouble())
                    .as("loss of %s", task.shape)
                    .isCloseTo(loss, within(1e-12 * Math.max(1, Math.abs(loss))));
            compare(task, loop, target);
        }
    }

    /** Now and then all classes alike, 1 / N, or one beyond doubt. */
    private static void fill(double[] branch, RandomTask task, Random random) {
        for (int b = 0; b < task.samples; b++) {
            for (int v = 0; v < task.voxels; v++) {
                int kind = random.nextInt(6);
                int sure = random.nextInt(task.classes());
                for (int c = 0; c < task.classes(); c++) {
                    branch[(b * task.classes() + c) * task.voxels + v] =
                            switch (kind) {
                                case 0 -> 1;
                                case 1 -> c == sure ? 1e3 : -1e3;
                                default -> (c == sure ? 3 : 0) + random.nextGaussian();
                            };
                }
            }
        }
    }

    private void compare(RandomTask task, PlainLoss loop, SoftTarget target) {
        double[] values = target.target().toDoubleArray();
        double[] decided = target.decided().toDoubleArray();
        byte[] codes = target.vote().decision().toByteArray();
        for (int at = 0; at < task.samples * task.voxels; at++) {
            double[] wanted = loop.target(0, at);
            assertThat(decided[at]).isEqualTo(wanted == null ? 0 : 1);
            undecided += wanted == null ? 1 : 0;
            for (int c = 0; c < task.classes(); c++) {
                int i = (at / task.voxels * task.classes() + c) * task.voxels + at % task.voxels;
                double expected = wanted == null ? 1.0 / task.classes() : wanted[c];
                assertThat(values[i])
                        .as("target of element %d of %s", i, task.shape)
                        .isCloseTo(expected, within(1e-12));
                decisions.merge(Decision.values()[codes[i]], 1, Integer::sum);
            }
        }
    }
}
