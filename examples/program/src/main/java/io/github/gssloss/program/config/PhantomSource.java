/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.Optional;

/**
 * Phantoms that an experiment makes for itself. What is left out is as {@code gss phantom} has it.
 *
 * @param subjects how many
 * @param seed where all their randomness comes from
 * @param shape voxels of a volume
 * @param noise standard deviation of the noise as a share of the brain's mean intensity
 * @param bias strength of the smooth shading
 * @param contrast how far tumour tissue differs from white matter, as a share of what is usual
 * @param withoutEnhancing share of the tumours that have no enhancing rim
 */
public record PhantomSource(
        int subjects,
        long seed,
        Optional<VolumeSize> shape,
        Optional<Double> noise,
        Optional<Double> bias,
        Optional<Double> contrast,
        Optional<Double> withoutEnhancing) {}
