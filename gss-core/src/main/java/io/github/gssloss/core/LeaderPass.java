/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@link BranchOverlap#ofLeaders} in one pass over the voxels: which class a leader predicts is
 * found once for all classes.
 */
final class LeaderPass {

    private static final int ROW = VoxelPass.VOXELS;

    private final PassInput input;
    private final int classes;
    private final int voxels;

    /** NaN, which no label is, where there is none. */
    private final float ignored;

    private LeaderPass(PassInput input, int voxels, OptionalInt ignoreIndex) {
        this.input = input;
        this.voxels = voxels;
        classes = input.numClasses();
        ignored = ignoreIndex.isPresent() ? ignoreIndex.getAsInt() : Float.NaN;
    }

    /**
     * Counts a batch that is covered.
     *
     * @return float64 (3, N) on {@code owner}
     */
    static NDArray count(GssConfig config, Batch batch, NDManager owner) {
        PassInput input = new PassInput(config, batch);
        int voxels = (int) batch.voxels();
        LeaderPass pass = new LeaderPass(input, voxels, config.ignoreIndex());
        List<int[]> counts = VoxelTasks.run((int) batch.size(), voxels, pass::count);
        double[] sum = new double[Overlap.COUNTS * pass.classes];
        for (int[] ofTask : counts) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += ofTask[i];
            }
        }
        try (NDArray java = owner.create(sum, new Shape(Overlap.COUNTS, pass.classes))) {
            return java.duplicate();
        }
    }

    /** Row after row: predicted and labelled, predicted, labelled. */
    private int[] count(int sample, int first, int end) {
        VoxelPass pass = OnePass.pass(input, sample, voxels);
        int[] counts = new int[Overlap.COUNTS * classes];
        int[] labelled = new int[ROW];
        float[] labels = new float[ROW];
        int[][] pairs = new int[input.numModalities()][(classes + 1) * (classes + 1)];
        for (int from = first; from < end; from += ROW) {
            int count = Math.min(ROW, end - from);
            label(sample * voxels + from, labels, labelled, count);
            for (int m : input.present(sample)) {
                if (input.leadsAny(m)) {
                    count(pass.predicted(m, from, count), labelled, count, pairs[m]);
                }
            }
        }
        for (int m = 0; m < pairs.length; m++) {
            sum(m, pairs[m], counts);
        }
        return counts;
    }

    /** The class of each voxel, N for none, -1 where it is ignored. */
    private void label(int at, float[] labels, int[] labelled, int count) {
        input.labels.get(at, labels, 0, count);
        for (int i = 0; i < count; i++) {
            int c = RunTarget.classOf(labels[i], classes);
            int counted = c < 0 ? classes : c;
            labelled[i] = labels[i] == ignored ? -1 : counted;
        }
    }

    /**
     * Counts every pair of predicted and labelled class: a loop without a choice but for ignored.
     */
    private void count(float[] predicted, int[] labelled, int count, int[] pairs) {
        for (int i = 0; i < count; i++) {
            if (labelled[i] >= 0) {
                int row = (int) predicted[i];
                pairs[row * (classes + 1) + labelled[i]]++;
            }
        }
    }

    private void sum(int m, int[] pairs, int[] counts) {
        for (int p = 0; p <= classes; p++) {
            for (int y = 0; y <= classes; y++) {
                int here = pairs[p * (classes + 1) + y];
                if (p < classes && input.leads(m, p)) {
                    counts[p] += p == y ? here : 0;
                    counts[classes + p] += here;
                }
                if (y < classes && input.leads(m, y)) {
                    counts[2 * classes + y] += here;
                }
            }
        }
    }
}
