/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import io.github.gssloss.examples.evaluate.ModalitySubset;
import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The work of {@code gss evaluate}. */
@FunctionalInterface
public interface Evaluator {

    /**
     * Judges the network of a run.
     *
     * @param run the run
     * @param checkpoint an existing file with the weights to judge; empty: the run's last
     * @param subsets the subsets to judge with, in the order of the table
     * @param data an existing folder of cases
     * @param out the folder for tables and pictures
     * @param cache the folder of the prepared cases; made where it is missing
     * @param console where to tell how it goes
     * @throws io.github.gssloss.examples.UserInputException if the run or the data cannot be used
     * @throws IOException if reading or writing fails
     */
    void evaluate(
            RunFolder run,
            Optional<Path> checkpoint,
            List<ModalitySubset> subsets,
            Path data,
            Path out,
            Path cache,
            Console console)
            throws IOException;
}
