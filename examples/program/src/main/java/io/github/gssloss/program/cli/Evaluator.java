/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.io.IOException;
import java.util.List;

/** The work of {@code gss evaluate}. */
@FunctionalInterface
public interface Evaluator {

    /**
     * Judges the networks of runs.
     *
     * @param request what to judge
     * @param console where to tell how it goes
     * @return a line for each case that could not be judged; the others were
     * @throws io.github.gssloss.files.UserInputException if a run or the data cannot be used
     * @throws IOException if reading or writing fails
     */
    List<String> evaluate(EvaluationRequest request, Console console) throws IOException;
}
