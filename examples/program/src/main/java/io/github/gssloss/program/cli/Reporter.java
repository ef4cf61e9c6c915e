/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import java.nio.file.Path;

/** The work of {@code gss report}. */
@FunctionalInterface
public interface Reporter {

    /**
     * Makes a report.
     *
     * @param evaluated an existing folder that an evaluation has left
     * @param file the file to write or replace
     * @param console where to tell how it goes
     * @throws io.github.gssloss.files.UserInputException if the folder holds no scores or damaged
     *     ones, or the file cannot be written
     */
    void report(Path evaluated, Path file, Console console);
}
