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
public record CohortSource(Optional<String> folder, Optional<Phantoms> phantoms) {

    /**
     * Returns the cases of a folder.
     *
     * @param folder a folder of cases
     * @return the source
     */
    public static CohortSource of(Path folder) {
        return new CohortSource(Optional.of(folder.toString()), Optional.empty());
    }

    /**
     * Phantoms that an experiment makes for itself. What is left out is as {@code gss phantom} has
     * it.
     *
     * @param subjects how many, at least 1
     * @param seed where all their randomness comes from; empty: 0
     * @param shape voxels of a volume
     * @param noise standard deviation of the noise as a share of the brain's mean intensity
     * @param bias strength of the smooth shading
     * @param contrast how far tumour tissue differs from white matter, as a share of what is usual
     * @param withoutEnhancing share of the tumours that have no enhancing rim
     */
    public record Phantoms(
            int subjects,
            Optional<Long> seed,
            Optional<VolumeSize> shape,
            Optional<Double> noise,
            Optional<Double> bias,
            Optional<Double> contrast,
            Optional<Double> withoutEnhancing) {}
}
