/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.imaging.measure.Score;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** What an executor does with a case. */
@FunctionalInterface
public interface CaseScoring extends Serializable {

    /**
     * Evaluates a case. Done twice it leaves the same: Spark repeats what it lost.
     *
     * @param name the name of the case
     * @return its scores; none: it could not be evaluated
     * @throws IOException if its results cannot be written
     */
    List<Score> evaluate(String name) throws IOException;
}
