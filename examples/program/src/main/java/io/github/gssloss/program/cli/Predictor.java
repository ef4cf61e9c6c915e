/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

/** The work of {@code gss predict}. */
@FunctionalInterface
public interface Predictor {

    /**
     * Segments a subject.
     *
     * @param request what to segment
     * @param console where to tell how it goes
     * @throws io.github.gssloss.files.UserInputException if the run or the subject cannot be used,
     *     or the result cannot be written
     */
    void predict(PredictionRequest request, Console console);
}
