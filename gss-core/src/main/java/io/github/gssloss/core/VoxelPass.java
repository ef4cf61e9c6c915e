/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The distillation of one sample, a run of voxels at a time, from logits to gradients; how a step
 * is computed is a subclass's. A row holds the numbers of a run for one class of one branch, or of
 * one number a voxel. Not shared between threads.
 */
abstract class VoxelPass {

    /** How many voxels a run has at most: so few that all rows stay in the cache. */
    static final int VOXELS = 256;

    /** Makes passes. */
    interface Factory {

        /**
         * Prepares a pass.
         *
         * @param input the batch
         * @param sample the sample
         * @param voxels V
         */
        VoxelPass of(PassInput input, int sample, int voxels);
    }

    final PassInput input;
    final int classes;
    final RunTarget target;
    final float inverseTemperature;

    /** Per branch z, later z / &tau;, less its highest; the fused output is the last branch. */
    final float[] z;

    /** Per branch exponentials, then the tempered probabilities q, then the gradients. */
    final float[] q;

    /** Per branch a row: log q is z less this. */
    final float[] logSum;

    /** Of each voxel a sum over classes. */
    final float[] sum = new float[VOXELS];

    /** Of all runs so far. */
    double loss;

    private final int[] present;
    private final int first;
    private final int voxels;

    VoxelPass(PassInput input, int sample, int voxels) {
        this.input = input;
        this.voxels = voxels;
        first = sample * voxels;
        classes = input.numClasses();
        present = input.present(sample);
        target = new RunTarget(input, sample);
        inverseTemperature = (float) (1 / input.config.temperature());
        int branches = input.numModalities() + 1;
        z = new float[branches * classes * VOXELS];
        q = new float[z.length];
        logSum = new float[branches * VOXELS];
    }

    /**
     * A step of the computation, for a branch or a class. Steps are called through a list, where
     * Java's compiler does not know which one it calls: so it compiles each by itself. Put together
     * into one method they lose the registers that their vectors are in, and take three times as
     * long.
     */
    interface Step {
        void on(int number);
    }

    /**
     * The steps.
     *
     * @param ofBranch from z of a branch to its q, and to its probabilities above the thresholds
     * @param ofFused from the fused probabilities, in place of z, to q
     * @param ofVotes the votes on a class
     * @param ofTarget from the votes to the target; an undecided voxel gets the weight 0
     * @param ofPrediction from z of a branch to the first of the highest classes, in {@link #sum};
     *     N where one is NaN
     * @param ofGradients from q of a branch to its gradients, and to {@link #loss}
     */
    record Steps(
            List<Step> ofBranch,
            List<Step> ofFused,
            List<Step> ofVotes,
            List<Step> ofTarget,
            List<Step> ofPrediction,
            List<Step> ofGradients) {}

    /** The same at each call. */
    abstract Steps steps();

    /**
     * Computes a run: writes the gradients of its voxels, and adds their share to the loss.
     *
     * @param from the first voxel
     * @param count how many, from 1 to {@link #VOXELS}
     */
    final void run(int from, int count) {
        Steps steps = steps();
        target.start(first + from, count);
        for (int m : present) {
            load(input.logits[m], m, from, count);
            each(steps.ofBranch(), m);
        }
        if (input.fused != null) {
            load(input.fused, input.numModalities(), from, count);
            each(steps.ofFused(), input.numModalities());
        }
        for (int c = 0; c < classes; c++) {
            each(steps.ofVotes(), c);
        }
        target.replaceVotes();
        each(steps.ofTarget(), 0);
        target.weigh();
        for (int m : present) {
            each(steps.ofGradients(), m);
        }
        store(from, count);
    }

    /**
     * The classes that a branch predicts, N where a logit is NaN; overwritten by the next call.
     *
     * @param m the branch
     * @param from the first voxel
     * @param count how many, from 1 to {@link #VOXELS}
     */
    final float[] predicted(int m, int from, int count) {
        load(input.logits[m], m, from, count);
        each(steps().ofPrediction(), m);
        return sum;
    }

    private static void each(List<Step> steps, int number) {
        for (Step step : steps) {
            step.on(number);
        }
    }

    /** Beyond the run a row has zeros, whose weight is 0. */
    private void load(FloatBuffer buffer, int branch, int from, int count) {
        for (int c = 0; c < classes; c++) {
            int row = row(branch, c);
            buffer.get(index(c, from), z, row, count);
            Arrays.fill(z, row + count, row + VOXELS, 0);
        }
    }

    /** What an absent modality has are zeros. */
    private void store(int from, int count) {
        for (int m = 0; m < input.numModalities(); m++) {
            for (int c = 0; c < classes; c++) {
                input.gradients[m].put(index(c, from), q, row(m, c), count);
            }
        }
    }

    private int index(int c, int from) {
        return first * classes + c * voxels + from;
    }

    /** Where the row of a class starts. */
    final int row(int branch, int c) {
        return (branch * classes + c) * VOXELS;
    }
}
