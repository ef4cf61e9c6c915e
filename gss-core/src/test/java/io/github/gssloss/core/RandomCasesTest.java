/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
    private int garbage;
    private int ignored;

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
        assertThat(garbage).isGreaterThanOrEqualTo(10_000);
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
                if (task.isGarbage(m, i)) {
                    p[m][i] = (float) RandomTask.anyNumber(random);
                    q[m][i] = (float) RandomTask.anyNumber(random);
                    garbage++;
                }
            }
        }
        NDList probabilities = branches(task, p, single, scope);
        NDList tempered = branches(task, q, single, scope);
        try (Vote vote =
                task.config
                        .votingRule()
                        .vote(probabilities, tempered, task.groups, task.matrix(scope))) {
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
                    leaders.contains(m)
                            ? task.config.leaderThreshold()
                            : task.config.memberThreshold();
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
        assertThat(garbage).isGreaterThanOrEqualTo(2_000);
        assertThat(ignored).isGreaterThanOrEqualTo(500);
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
                        .optFiniteChecked(true)
                        .build();
        double[][] z = new double[task.modalities()][task.size()];
        for (int m = 0; m < z.length; m++) {
            fill(z[m], task, random);
            for (int i = 0; i < task.size(); i++) {
                if (task.isGarbage(m, i)) {
                    z[m][i] = RandomTask.anyNumber(random);
                    garbage++;
                }
            }
        }
        NDList logits = new NDList();
        for (double[] branch : z) {
            logits.add(scope.create(branch).reshape(task.shape));
        }
        // Blocks of any length: through a sample, or several samples in one.
        long block = 1L + random.nextInt(2 * task.voxels);
        Labels labels = labels(task, random, scope);
        GssConfig ignoring =
                labels == null
                        ? config
                        : config.toBuilder().optIgnoreIndex(labels.ignoreIndex).build();
        GroupDistillation distillation = new GroupDistillation(ignoring, block);
        DistillationInput batch =
                Inputs.labelled(logits, task.matrix(scope), labels == null ? null : labels.array);
        PlainLoss loop =
                new PlainLoss(config, logits, task.present, labels == null ? null : labels.kept);
        try (DistillationResult result = distillation.evaluate(batch);
                SoftTarget target = distillation.softTarget(batch)) {
            double loss = loop.loss();
            assertThat(result.loss().getDouble())
                    .as("loss of %s", task.shape)
                    .isCloseTo(loss, within(1e-12 * Math.max(1, Math.abs(loss))));
            compare(task, loop, target);
        }
    }

    /**
     * Labels of which some are ignored.
     *
     * @param array class indices, one-hot now and then
     * @param kept 1 where a voxel is not ignored, (B, 1, spatial...)
     */
    private record Labels(int ignoreIndex, NDArray array, NDArray kept) {}

    /** Half of the tasks have none: null. */
    private Labels labels(RandomTask task, Random random, NDManager scope) {
        if (random.nextBoolean()) {
            return null;
        }
        int ignoreIndex = List.of(-1, 255, random.nextInt(task.classes())).get(random.nextInt(3));
        int voxels = task.samples * task.voxels;
        int[] indices = new int[voxels];
        float[] oneHot = new float[task.size()];
        float[] kept = new float[voxels];
        for (int at = 0; at < voxels; at++) {
            int label = random.nextInt(task.classes());
            indices[at] = random.nextInt(3) == 0 ? ignoreIndex : label;
            kept[at] = indices[at] == ignoreIndex ? 0 : 1;
            ignored += indices[at] == ignoreIndex ? 1 : 0;
            int start = at / task.voxels * task.classes() * task.voxels + at % task.voxels;
            oneHot[start + label * task.voxels] = kept[at];
        }
        Shape shared = VoxelMask.shared(task.shape);
        NDArray array =
                random.nextBoolean()
                        ? scope.create(indices, shared).squeeze(1)
                        : scope.create(oneHot).reshape(task.shape);
        return new Labels(ignoreIndex, array, scope.create(kept).reshape(shared));
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
