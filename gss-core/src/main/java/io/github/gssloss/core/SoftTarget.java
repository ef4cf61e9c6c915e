/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * The soft labels that a batch's branches agreed on, with the votes behind them.
 *
 * @param target (B, N, spatial...): the votes, divided by their sum where the settings say so; 1 /
 *     N for every class of an undecided voxel
 * @param vote the votes and their decisions
 * @param decided (B, 1, spatial...), 1 where the votes of a voxel sum to more than {@link
 *     GroupDistillation#UNDECIDED_BELOW}, else 0: such a voxel teaches nobody
 */
public record SoftTarget(NDArray target, Vote vote, NDArray decided) implements AutoCloseable {

    /** Frees all arrays. */
    @Override
    public void close() {
        target.close();
        vote.close();
        decided.close();
    }
}
