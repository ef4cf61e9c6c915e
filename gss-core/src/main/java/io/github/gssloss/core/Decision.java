/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

/**
 * The rule that decided the vote of one class at one voxel (paper, Algorithms 1 and 2): the first
 * that holds, in the order of declaration. All comparisons are strict.
 */
public enum Decision {
    /** No modality is present in the sample: the vote is 0. */
    NO_MODALITY,
    /** Every leader is above its threshold: the maximum over the leaders. */
    ALL_LEADERS,
    /**
     * Some leader is above its threshold: the leaders' maximum, reduced by the penalty on their
     * range.
     */
    SOME_LEADERS,
    /** No leader is, but every member is above its threshold: the mean over the members. */
    MEMBERS,
    /** None of the rules above: the minimum over all modalities. */
    MINIMUM;

    /**
     * Returns the number that stands for this decision in decision arrays and reference files.
     *
     * @return 0 for {@link #NO_MODALITY} to 4 for {@link #MINIMUM}
     */
    public int code() {
        return ordinal();
    }
}
