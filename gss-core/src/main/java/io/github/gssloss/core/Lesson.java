/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * A soft target as the divergences want it.
 *
 * @param target t (B, N, spatial...)
 * @param mass the sum of t over classes (B, 1, spatial...); null where that is 1
 * @param decided 1 where anybody won a vote, else 0, (B, 1, spatial...)
 */
record Lesson(NDArray target, NDArray mass, NDArray decided) {

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
        NDArray least = Scalars.of(UNDECIDED_BELOW, votes);
        NDArray sum = votes.sum(new int[] {1}, true);
        NDArray decided;
        try (NDArray isDecided = sum.gt(least)) {
            decided = isDecided.toType(votes.getDataType(), false);
        }
        if (!normalised) {
            // A copy: a teacher may have answered with a branch's own probabilities.
            return new Lesson(votes.duplicate(), sum, decided);
        }
        // An undecided voxel gets some finite target here and the weight 0 later.
        try (sum;
                NDArray divisor = sum.maximum(least)) {
            return new Lesson(votes.div(divisor), null, decided);
        }
    }

    /** log t, with t clamped at 1e-12. */
    NDArray logTarget() {
        try (NDArray clamped = target.maximum(Scalars.of(LOG_CLAMP, target))) {
            return clamped.log();
        }
    }
}
