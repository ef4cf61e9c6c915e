/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import ai.djl.util.Progress;
import java.io.IOException;

/** Who does what a cell needs: this process or another one. */
@FunctionalInterface
interface CellRunner {

    /**
     * Trains and evaluates a cell, as far as that is still to be done, while nobody else works on
     * it. A failure is no exception: it is in the outcome.
     *
     * @param job the cell
     * @param progress follows the work where it is done in this process
     * @return how far the cell has come, which is also in its file
     * @throws io.github.gssloss.files.LeaseTakenException if somebody else works on the cell and
     *     goes on doing so; nothing was done
     * @throws IOException if the outcome cannot be written
     */
    CellOutcome run(CellJob job, Progress progress) throws IOException;
}
