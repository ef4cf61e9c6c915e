/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.PredictionFile.MapType;
import io.github.gssloss.imaging.segment.WindowUse;
import java.util.List;
import java.util.Optional;

/**
 * How new cases are segmented.
 *
 * @param modalities the modalities to use; empty: those that a case has
 * @param spacing what images are brought to; empty: what the run was trained at
 * @param use how windows are seen and counted
 * @param probabilities how a map of each class is stored; empty: none is written
 * @param entropy whether a map of the entropy is written
 * @param disagreement whether a map of the disagreement of the branches is written
 * @param cleaning what is done after the network
 */
public record PredictionSettings(
        Optional<ModalitySubset> modalities,
        Optional<WorkingSpacing> spacing,
        WindowUse use,
        Optional<MapType> probabilities,
        boolean entropy,
        boolean disagreement,
        Cleaning cleaning) {

    /** The segmentation alone, with all modalities of a case. */
    public static final PredictionSettings PLAIN =
            new PredictionSettings(
                    Optional.empty(),
                    Optional.empty(),
                    WindowUse.PLAIN,
                    Optional.empty(),
                    false,
                    false,
                    new Cleaning(List.of()));

    /**
     * Returns these settings for other modalities.
     *
     * @param subset the modalities to use; empty: those that a case has
     * @return settings that differ in this alone
     */
    public PredictionSettings with(Optional<ModalitySubset> subset) {
        return new PredictionSettings(
                subset, spacing, use, probabilities, entropy, disagreement, cleaning);
    }

    /** How maps beside the probabilities are stored. */
    MapType mapType() {
        return probabilities.orElse(MapType.FLOAT32);
    }
}
