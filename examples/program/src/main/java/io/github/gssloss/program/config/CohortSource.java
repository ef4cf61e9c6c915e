/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the cases of an experiment come from: one of the two is given.
 *
 * @param folder a folder of cases
 * @param phantoms phantoms to be made
 */
public record CohortSource(Optional<Path> folder, Optional<PhantomSource> phantoms) {

    /**
     * Returns the cases of a folder.
     *
     * @param folder a folder of cases
     * @return the source
     */
    public static CohortSource of(Path folder) {
        return new CohortSource(Optional.of(folder), Optional.empty());
    }
}
