/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The modalities that lead the vote of one class; all others are its members (paper, section 3.2).
 *
 * @param className the name of the class, for messages and tables
 * @param leaders the indices of the leader modalities, distinct, at least one; kept in ascending
 *     order
 */
public record ClassGroup(String className, List<Integer> leaders) {

    /**
     * Creates a group.
     *
     * @param className the name of the class, for messages and tables
     * @param leaders the indices of the leader modalities, distinct, in any order, at least one
     * @throws IllegalArgumentException if the name is null or blank, or {@code leaders} is null or
     *     empty, repeats a modality, or holds null or a negative index
     */
    public ClassGroup {
        if (className == null || className.isBlank()) {
            throw new IllegalArgumentException("class name: expected text, got " + className);
        }
        Arguments.requireList("leaders of class " + className, leaders);
        List<Integer> sorted = leaders.stream().distinct().sorted().toList();
        if (sorted.isEmpty() || sorted.size() < leaders.size() || sorted.get(0) < 0) {
            throw new IllegalArgumentException(
                    "leaders of class "
                            + className
                            + ": expected distinct modality indices from 0, at least one, got "
                            + leaders);
        }
        leaders = sorted;
    }

    /**
     * Returns the members: the modalities that do not lead.
     *
     * @param numModalities the number of modalities there are
     * @return the indices of the members, ascending; empty where every modality leads
     * @throws IllegalArgumentException if a leader is not among so many modalities
     */
    public List<Integer> members(int numModalities) {
        int last = leaders.get(leaders.size() - 1);
        Arguments.requireAtLeast("numModalities", numModalities, last + 1);
        return IntStream.range(0, numModalities).filter(m -> !leaders.contains(m)).boxed().toList();
    }
}
