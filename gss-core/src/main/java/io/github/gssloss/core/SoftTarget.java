/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * The soft target of a batch, by default of its branches' votes, and these votes. Target, votes and
 * {@code decided} have the type of the logits, but float32 for float16.
 *
 * @param target (B, N, spatial...): the teacher's numbers, divided by their sum if the settings say
 *     so; 1 / N for every class of an undecided voxel. With one target a branch (M, B, N,
 *     spatial...)
 * @param vote the votes and their decisions, whichever teacher is set
 * @param decided (B, 1, spatial...), 1 if the teacher's numbers of a voxel sum to more than {@link
 *     GroupDistillation#UNDECIDED_BELOW}, else 0: such a voxel is left out of the distillation.
 *     With one target a branch (M, B, 1, spatial...)
 * @param trust of the shape of {@code decided}: how much of the target is believed, by {@link
 *     Trust}, from 0 to 1, and 0 where the voxel is undecided
 */
public record SoftTarget(NDArray target, Vote vote, NDArray decided, NDArray trust)
        implements AutoCloseable {

    /**
     * Creates a target.
     *
     * @param target the soft target
     * @param vote the votes and their decisions
     * @param decided 1 where a voxel is decided, else 0
     * @param trust how much of the target is believed
     * @throws IllegalArgumentException if one of them is missing
     */
    public SoftTarget {
        Arguments.requireNonNull("target", target);
        Arguments.requireNonNull("vote", vote);
        Arguments.requireNonNull("decided", decided);
        Arguments.requireNonNull("trust", trust);
    }

    /** Frees all arrays. */
    @Override
    public void close() {
        target.close();
        vote.close();
        decided.close();
        trust.close();
    }
}
