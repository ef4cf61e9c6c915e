/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.segment.Cleaning;
import io.github.gssloss.imaging.segment.WindowUse;
import io.github.gssloss.program.prediction.PredictionRun;
import io.github.gssloss.program.prediction.PredictionSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.runfolder.RunWeights;
import java.util.List;
import java.util.Optional;

/** A prediction with the last weights of a run that writes the segmentation alone. */
public final class PlainPrediction {

    /** With the modalities that a case has. */
    public static final PredictionSettings SETTINGS = settings(Optional.empty());

    private PlainPrediction() {}

    private static PredictionSettings settings(Optional<ModalitySubset> modalities) {
        return new PredictionSettings(
                modalities,
                Optional.empty(),
                WindowUse.PLAIN,
                Optional.empty(),
                false,
                false,
                new Cleaning(List.of()));
    }

    public static PredictionRun of(RunFolder run) {
        return of(run, Optional.empty());
    }

    public static PredictionRun of(RunFolder run, Optional<ModalitySubset> modalities) {
        return new PredictionRun(
                List.of(RunWeights.of(run, Optional.empty())), settings(modalities), new Silent());
    }
}
