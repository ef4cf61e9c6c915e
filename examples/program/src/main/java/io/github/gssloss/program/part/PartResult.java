/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.part;

import io.github.gssloss.files.Counted;
import java.util.List;

/**
 * What came of one part of the cases of a folder.
 *
 * @param cases how many cases the part has
 * @param before how many of them were finished before
 * @param problems a line for each of its cases that could not be worked on
 */
public record PartResult(int cases, int before, List<String> problems) {

    /**
     * Keeps a copy of the problems.
     *
     * @param cases how many cases the part has
     * @param before how many of them were finished before
     * @param problems a line for each of its cases that could not be worked on
     */
    public PartResult {
        problems = List.copyOf(problems);
    }

    /**
     * Says what came of it.
     *
     * @param part which part it was
     * @param done what is done with cases, such as {@code evaluated}
     * @return a line
     */
    public String words(CasePart part, String done) {
        return "part %s has %s, %s finished before, %d cannot be %s"
                .formatted(
                        part,
                        Counted.of(cases, "case"),
                        Counted.of(before, "was", "were"),
                        problems.size(),
                        done);
    }
}
