/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.Arrays;

/**
 * The target of a run of voxels and their weights, in rows of {@link VoxelPass#VOXELS} numbers, and
 * what the remedies make of them: simple loops, which Java's compiler turns into vectors by itself
 * where that is worth it.
 */
final class RunTarget {

    private static final int ROW = VoxelPass.VOXELS;

    private final PassInput input;
    private final int classes;
    private final float[] classWeights;

    /** Per class the votes, which become the target t. */
    final float[] t;

    /** 1 where a class is not decided by the minimum. */
    final float[] voted = new float[ROW];

    /** The weight w of each voxel. */
    final float[] weight = new float[ROW];

    private final float[] label = new float[ROW];

    RunTarget(PassInput input, int sample) {
        this.input = input;
        classes = input.numClasses();
        classWeights = input.classWeights(sample);
        t = new float[classes * ROW];
    }

    /**
     * Starts a run. Voxels beyond it have the weight 0.
     *
     * @param first the first voxel, counted through all samples
     * @param count how many voxels
     */
    void start(int first, int count) {
        Arrays.fill(voted, 0);
        if (input.weights.capacity() == 1) {
            Arrays.fill(weight, 0, count, input.weights.get(0));
        } else {
            input.weights.get(first, weight, 0, count);
        }
        Arrays.fill(weight, count, ROW, 0);
        if (input.labels != null) {
            input.labels.get(first, label, 0, count);
        }
    }

    /** What takes the place of votes: of voxels by the minimum alone, of classes not ready. */
    void replaceVotes() {
        if (input.config.teacher() == FallbackTeacher.VOTES_ELSE_NOTHING) {
            for (int row = 0; row < t.length; row += ROW) {
                for (int i = 0; i < ROW; i++) {
                    t[row + i] *= voted[i];
                }
            }
        }
        for (int c = 0; input.ready != null && c < classes; c++) {
            if (input.ready[c] == 0) {
                replaceUnready(c);
            }
        }
    }

    private void replaceUnready(int c) {
        UnreadyVote vote = input.config.readiness().orElseThrow().unreadyVote();
        float own = (float) vote.value(true, classes, input.config.temperature());
        float other = (float) vote.value(false, classes, input.config.temperature());
        for (int i = 0; i < ROW; i++) {
            t[c * ROW + i] = label[i] == c ? own : other;
        }
    }

    /** Multiplies the weights by trust and balance, which need the target. */
    void weigh() {
        Trust trust = input.config.trust();
        for (int i = 0; input.labels != null && i < ROW; i++) {
            int c = classOf(label[i], classes);
            if (trust != Trust.NONE) {
                weight[i] *= c < 0 ? 0 : trust.weight(t[c * ROW + i], highest(i));
            }
            if (classWeights != null) {
                weight[i] *= c < 0 ? 0 : classWeights[c];
            }
        }
    }

    /** The class of a label; -1: none. */
    static int classOf(float label, int classes) {
        int c = (int) label;
        return c == label && c >= 0 && c < classes ? c : -1;
    }

    private float highest(int i) {
        float highest = t[i];
        for (int at = ROW + i; at < t.length; at += ROW) {
            highest = Math.max(highest, t[at]);
        }
        return highest;
    }
}
