/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

/**
 * Which rule decided the vote of one class at one voxel (paper, Algorithms 1 and 2). The first that
 * holds, in the order of declaration; all comparisons are strict.
 */
public enum Decision {
    /** No modality was there to vote: the sample lacks every one. The vote is 0. */
    NOBODY,
    /** Every leader is confident: the maximum of the leaders' values. */
    ALL_LEADERS,
    /** Some leader is confident: the leaders' maximum, reduced by the penalty on their range. */
    SOME_LEADERS,
    /** No leader is, but every member is confident: the mean of the members' values. */
    MEMBERS,
    /** Nobody is sure: the minimum over all modalities. */
    MINIMUM;

    /**
     * Returns the number that stands for this decision in decision arrays and reference files.
     *
     * @return 0 for {@link #NOBODY} to 4 for {@link #MINIMUM}
     */
    public int code() {
        return ordinal();
    }
}
