/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random batch with settings of its own, and a label for every voxel. */
final class RandomRemedies {

    static final List<Teacher> TEACHERS =
            List.of(
                    PaperTeacher.VOTES,
                    PaperTeacher.FUSED,
                    PaperTeacher.MUTUAL,
                    FallbackTeacher.VOTES_ELSE_FUSED,
                    FallbackTeacher.VOTES_ELSE_NOTHING,
                    OracleTeacher.LABEL,
                    OracleTeacher.BEST_BRANCH,
                    OracleTeacher.CORRECTED_VOTES);
    static final List<Divergence> KINDS =
            List.of(Divergence.FORWARD_KL, Divergence.REVERSE_KL, Divergence.FLOORED_KL);

    final Random random;
    final NDManager scope;
    final RandomTask task;
    final GssConfig config;
    final boolean[] ready;
    final double[][] z;
    final double[] fused;

    /** How many voxels had what. */
    private final Map<Object, Integer> seen;

    final int[] labels;
    final boolean[] kept;
    final double[] mask;
    private final boolean ignoring;

    RandomRemedies(Random random, NDManager scope, Map<Object, Integer> seen) {
        this(random, scope, seen, null);
    }

    /**
     * Draws a batch.
     *
     * @param space the spatial axes; null: a few voxels, drawn as well
     */
    RandomRemedies(Random random, NDManager scope, Map<Object, Integer> seen, Shape space) {
        this.seen = seen;
        this.random = random;
        this.scope = scope;
        task = new RandomTask(random, space);
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

    double[] voxel(double[] array, int at) {
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
                int outside = random.nextBoolean() ? -3 : task.classes();
                int label = random.nextInt(9) == 0 ? outside : random.nextInt(task.classes());
                labels[at] = oneClass ? only : label;
                kept[at] = !ignoring || random.nextInt(4) > 0;
                mask[at] = random.nextInt(5) > 0 ? 1 : 0;
                add("ignored", !kept[at]);
                add("outside", labels[at] == outside);
            }
        }
    }

    void add(String what, boolean is) {
        seen.merge(what, is ? 1 : 0, Integer::sum);
    }

    DistillationInput input(NDList logits) {
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
}
