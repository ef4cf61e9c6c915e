/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.List;
import java.util.Optional;

/**
 * The result of an evaluation.
 *
 * @param table the scores of the cases that could be evaluated; empty where none could
 * @param problems a line for each case that could not be evaluated
 */
public record EvaluationResult(Optional<ScoreTable> table, List<String> problems) {

    /**
     * Keeps a copy of the problems.
     *
     * @param table the scores of the cases that could be evaluated; empty where none could
     * @param problems a line for each case that could not be evaluated
     */
    public EvaluationResult {
        problems = List.copyOf(problems);
    }
}
