/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * The soft target of a block of voxels, in the form that the divergences need. The first axis, T,
 * is 1 for a target of all branches, or M for one a branch.
 *
 * @param target t (T, B, N, V)
 * @param mass the sum of t over classes (T, B, 1, V); null if it is 1 everywhere
 * @param decided 1 where a voxel is decided, else 0, (T, B, 1, V)
 * @param trust how much of the target is believed, (T, B, 1, V); null if all of it
 */
record TargetBlock(NDArray target, NDArray mass, NDArray decided, NDArray trust) {

    /** A voxel whose votes sum to no more than this is undecided. */
    static final double UNDECIDED_BELOW = 1e-12;

    /** The axis of the classes. */
    static final int[] CLASSES = {2};

    private static final double LOG_CLAMP = 1e-12;

    /**
     * Turns votes into a target (Eq. 9).
     *
     * @param votes (T, B, N, V)
     * @param config whether they are divided by their sum, and how far they are trusted
     * @param labels one-hot labels (B, N, V) in the type of the votes; null if trust needs none
     */
    static TargetBlock of(NDArray votes, GssConfig config, NDArray labels) {
        TargetBlock all = of(votes, config.normalised());
        NDArray trust = config.trust().weight(all.target, labels);
        return new TargetBlock(all.target, all.mass, all.decided, trust);
    }

    private static TargetBlock of(NDArray votes, boolean normalised) {
        NDArray least = EngineConstants.of(UNDECIDED_BELOW, votes);
        NDArray sum = votes.sum(CLASSES, true);
        NDArray decided;
        try (NDArray isDecided = sum.gt(least)) {
            decided = isDecided.toType(votes.getDataType(), false);
        }
        if (!normalised) {
            // A copy: a teacher may return a branch's own probabilities.
            return new TargetBlock(votes.duplicate(), sum, decided, null);
        }
        // An undecided voxel gets some finite target here and the weight 0 later.
        try (sum;
                NDArray divisor = sum.maximum(least)) {
            return new TargetBlock(votes.div(divisor), null, decided, null);
        }
    }

    /** How much a voxel counts for its target alone: 0 if undecided, else the trust in it. */
    NDArray weight() {
        return trust == null ? decided : decided.mul(trust);
    }

    /** The target of branch m alone: all arrays without their first axis. */
    TargetBlock ofBranch(long m) {
        return new TargetBlock(
                target.get(m),
                mass == null ? null : mass.get(m),
                decided.get(m),
                trust == null ? null : trust.get(m));
    }

    /** log t, with t clamped at 1e-12. */
    NDArray logTarget() {
        try (NDArray clamped = target.maximum(EngineConstants.of(LOG_CLAMP, target))) {
            return clamped.log();
        }
    }
}
