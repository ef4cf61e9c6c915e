/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;

/**
 * The votes of all classes and which rule gave them.
 *
 * @param value the votes (B, N, spatial...), from 0 to 1, in the released edition to 2, in the type
 *     of the tempered probabilities; not yet normalised over classes
 * @param decision the {@link Decision#code()} of every vote, of the same shape, as int8
 */
public record Vote(NDArray value, NDArray decision) implements AutoCloseable {

    /**
     * Creates a vote.
     *
     * @param value the votes
     * @param decision the code of the decision of every vote
     * @throws IllegalArgumentException if one of them is missing
     */
    public Vote {
        Arguments.requireNonNull("value", value);
        Arguments.requireNonNull("decision", decision);
    }

    /** Frees both arrays. */
    @Override
    public void close() {
        value.close();
        decision.close();
    }
}
