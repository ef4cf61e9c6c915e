/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
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
        return owner.create(sum, new Shape(Overlap.COUNTS, pass.classes));
    }

    /** Row after row: predicted and labelled, predicted, labelled. */
    private int[] count(int sample, int first, int end) {
        int[] counts = new int[Overlap.COUNTS * classes];
        float[] labels = new float[ROW];
        float[] rows = new float[classes * ROW];
        for (int from = first; from < end; from += ROW) {
            int count = Math.min(ROW, end - from);
            input.labels.get(sample * voxels + from, labels, 0, count);
            for (int m : input.present(sample)) {
                if (input.leadsAny(m)) {
                    load(input.logits[m], sample, from, rows, count);
                    count(m, rows, labels, count, counts);
                }
            }
        }
        return counts;
    }

    private void load(FloatBuffer logits, int sample, int from, float[] rows, int count) {
        for (int c = 0; c < classes; c++) {
            logits.get((sample * classes + c) * voxels + from, rows, c * ROW, count);
        }
    }

    private void count(int m, float[] rows, float[] labels, int count, int[] counts) {
        for (int i = 0; i < count; i++) {
            if (labels[i] == ignored) {
                continue;
            }
            int predicted = highest(rows, i);
            int labelled = RunTarget.classOf(labels[i], classes);
            if (predicted >= 0 && input.leads(m, predicted)) {
                counts[classes + predicted]++;
                counts[predicted] += predicted == labelled ? 1 : 0;
            }
            if (labelled >= 0 && input.leads(m, labelled)) {
                counts[2 * classes + labelled]++;
            }
        }
    }

    /** The first of the highest classes; -1 where one is NaN. */
    private static int highest(float[] rows, int i) {
        int highest = 0;
        float score = rows[i];
        boolean numbers = score == score;
        for (int c = 1; c * ROW < rows.length; c++) {
            float x = rows[c * ROW + i];
            numbers &= x == x;
            if (x > score) {
                score = x;
                highest = c;
            }
        }
        return numbers ? highest : -1;
    }
}
