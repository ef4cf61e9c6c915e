/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * A soft target as the divergences want it.
 *
 * @param target t (B, N, spatial...)
 * @param logTarget log t, with t clamped at 1e-12
 * @param mass the sum of t over classes (B, 1, spatial...)
 * @param decided 1 where anybody won a vote, else 0, (B, 1, spatial...)
 */
record Lesson(NDArray target, NDArray logTarget, NDArray mass, NDArray decided) {

    /** A sum of votes below this means that nobody won anything: the voxel is undecided. */
    static final double UNDECIDED_BELOW = 1e-12;

    private static final double LOG_CLAMP = 1e-12;

    /**
     * Turns votes into a target (Eq. 9).
     *
     * @param votes (B, N, spatial...)
     * @param normalised whether they are divided by their sum
     */
    static Lesson of(NDArray votes, boolean normalised) {
        NDArray sum = votes.sum(new int[] {1}, true);
        NDArray decided = sum.gt(UNDECIDED_BELOW).toType(votes.getDataType(), false);
        // An undecided voxel gets some finite target here and the weight 0 later.
        NDArray target = normalised ? votes.div(sum.maximum(UNDECIDED_BELOW)) : votes;
        NDArray mass = normalised ? target.sum(new int[] {1}, true) : sum;
        return new Lesson(target, target.maximum(LOG_CLAMP).log(), mass, decided);
    }
}
