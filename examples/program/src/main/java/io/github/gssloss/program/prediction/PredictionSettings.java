/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.prediction;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.PredictionFile.MapType;
import io.github.gssloss.imaging.segment.WindowUse;
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

    /** How maps beside the probabilities are stored. */
    MapType mapType() {
        return probabilities.orElse(MapType.FLOAT32);
    }
}
