/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.config.VolumeSize;
import java.io.IOException;
import java.nio.file.Path;

/** The work of {@code gss phantom}. */
@FunctionalInterface
public interface PhantomMaker {

    /**
     * Writes a cohort of phantoms in BraTS form.
     *
     * @param out the folder of the cohort
     * @param subjects how many, at least 1
     * @param seed the seed of the cohort
     * @param shape the size of each volume
     * @param console where to tell how it goes
     * @throws io.github.gssloss.files.UserInputException if the folder or the shape cannot be used
     * @throws IOException if writing fails
     */
    void make(Path out, int subjects, long seed, VolumeSize shape, Console console)
            throws IOException;
}
