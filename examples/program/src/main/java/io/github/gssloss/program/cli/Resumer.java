/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;

/** The work of {@code gss train --resume}. */
@FunctionalInterface
public interface Resumer {

    /**
     * Goes on with a training.
     *
     * @param run the run
     * @param data an existing folder of cases
     * @param cache the folder of the prepared cases; made where it is missing
     * @param console where to tell how it goes
     * @throws io.github.gssloss.files.UserInputException if the run cannot go on with the data
     * @throws IOException if reading or writing fails
     */
    void resume(RunFolder run, Path data, Path cache, Console console) throws IOException;
}
