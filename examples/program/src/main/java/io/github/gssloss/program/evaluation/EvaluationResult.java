/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.imaging.measure.ScoreTable;
import java.util.List;
import java.util.Optional;

/**
 * What came of a judgement.
 *
 * @param table the scores of the cases that could be judged; empty where none could
 * @param problems a line for each case that could not be judged
 */
public record EvaluationResult(Optional<ScoreTable> table, List<String> problems) {

    /**
     * Keeps a copy of the problems.
     *
     * @param table the scores of the cases that could be judged; empty where none could
     * @param problems a line for each case that could not be judged
     */
    public EvaluationResult {
        problems = List.copyOf(problems);
    }
}
