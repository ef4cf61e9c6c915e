/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import java.util.List;

/**
 * What came of one part of an evaluation.
 *
 * @param cases how many cases the part has
 * @param before how many of them were finished before
 * @param problems a line for each of its cases that could not be evaluated
 */
public record PartResult(int cases, int before, List<String> problems) {

    /**
     * Keeps a copy of the problems.
     *
     * @param cases how many cases the part has
     * @param before how many of them were finished before
     * @param problems a line for each of its cases that could not be evaluated
     */
    public PartResult {
        problems = List.copyOf(problems);
    }
}
