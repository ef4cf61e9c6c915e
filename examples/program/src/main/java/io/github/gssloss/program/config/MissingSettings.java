/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.HiddenModalities;
import io.github.gssloss.imaging.dataset.MissingScheme;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.sample.MissingRates;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which modalities are hidden from the cases to train on: by a scheme or by rates.
 *
 * @param scheme a file as {@link MissingScheme} reads it
 * @param rate how often each modality is hidden
 * @param seed the seed of the rates; empty: that of the run
 */
public record MissingSettings(
        Optional<String> scheme, Optional<MissingRates> rate, Optional<Long> seed) {

    /**
     * Checks that there is one source.
     *
     * @param scheme a file as {@link MissingScheme} reads it
     * @param rate how often each modality is hidden
     * @param seed the seed of the rates; empty: that of the run
     * @throws IllegalArgumentException if there are both, or a seed without rates
     */
    public MissingSettings {
        if (scheme.isPresent()) {
            String nothing = "nothing beside a scheme";
            rate.ifPresent(given -> Check.that(false, "rate", nothing, given));
        }
        if (rate.isEmpty()) {
            seed.ifPresent(given -> Check.that(false, "seed", "nothing without a rate", given));
        }
    }

    /** Checks that rates are of the data set's modalities. */
    void checkFor(List<Modality> modalities) {
        try {
            rate.ifPresent(one -> one.checkFor(modalities));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("missing.rate: " + e.getMessage(), e);
        }
    }

    /** What is hidden from cases, by a run with a seed. */
    HiddenModalities hidden(List<CaseFiles> cases, long seedOfRun) {
        if (scheme.isPresent()) {
            return MissingScheme.read(Path.of(scheme.get()), cases);
        }
        return rate.map(one -> one.draw(cases, seed.orElse(seedOfRun)))
                .orElse(HiddenModalities.NONE);
    }
}
