/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.imaging.segment.PredictionFile.MapType;
import io.github.gssloss.program.report.PictureStyle;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The maps that are written beside a segmentation. */
final class MapOptions {

    @Option(
            names = "--probabilities",
            paramLabel = "TYPE",
            arity = "0..1",
            fallbackValue = "float32",
            description =
                    "Also write the probability of each class, NAME_probability-LABEL.nii.gz, as"
                            + " float32 or as uint8 that the header scales; default of TYPE:"
                            + " float32.")
    private Optional<MapType> probabilities = Optional.empty();

    @Option(
            names = "--entropy",
            description =
                    "Also write the entropy of the probabilities, 0 to 1: where the network is"
                            + " unsure.")
    private boolean entropy;

    @Option(
            names = "--disagreement",
            description =
                    "Also write the disagreement of the branches, 0 to 1: where the modalities"
                            + " contradict each other.")
    private boolean disagreement;

    @Option(
            names = "--pictures",
            paramLabel = "STYLE",
            arity = "0..1",
            fallbackValue = "fills",
            description =
                    "Also draw each region in three planes, with the maps that are written, as"
                            + " NAME_planes.png: fills, or contours of the classes; default of"
                            + " STYLE: fills.")
    private Optional<PictureStyle> pictures = Optional.empty();

    Optional<PictureStyle> pictures() {
        return pictures;
    }

    Optional<MapType> probabilities() {
        return probabilities;
    }

    boolean entropy() {
        return entropy;
    }

    boolean disagreement() {
        return disagreement;
    }
}
