/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.nio.file.Path;

/** The work of {@code gss train}. */
@FunctionalInterface
public interface Trainer {

    /**
     * Trains a network.
     *
     * @param settings checked settings
     * @param data an existing folder of cases
     * @param out a folder that holds no run yet
     * @param cache the folder of the prepared cases; made where it is missing
     * @param console where to tell how it goes
     * @throws io.github.gssloss.files.UserInputException if the data cannot be used
     * @throws IOException if reading or writing fails
     */
    void train(RunSettings settings, Path data, Path out, Path cache, Console console)
            throws IOException;
}
