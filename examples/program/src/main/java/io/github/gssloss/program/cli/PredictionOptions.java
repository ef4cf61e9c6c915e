/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.prepare.WorkingSpacing;
import io.github.gssloss.program.prediction.PredictionSettings;
import io.github.gssloss.program.report.PictureStyle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How new cases are segmented; of every command that segments them. */
public final class PredictionOptions {

    @Option(
            names = "--modalities",
            paramLabel = "NAME",
            split = ",",
            description = "Modalities to use, for example flair,t2; default: those that there are.")
    private List<String> modalities = List.of();

    @Option(
            names = "--overwrite",
            description =
                    "Replace what is there at --out. A file of the subject is never replaced.")
    private boolean overwrite;

    @Option(
            names = "--spacing",
            paramLabel = "MM",
            description =
                    "Spacing in mm to bring images to for the network, such as 1 or 1x1x3; default:"
                            + " that of the training cases, where images lie outside of its range.")
    private Optional<String> spacing = Optional.empty();

    @Mixin private WindowOptions windows;
    @Mixin private MapOptions maps;
    @Mixin private CleaningOptions cleaning;

    /**
     * Returns how to segment.
     *
     * @param description what the cases show
     * @return the settings
     * @throws UserInputException that names the option that cannot be
     */
    public PredictionSettings settings(DataDescription description) {
        return new PredictionSettings(
                subset(description),
                spacing.map(PredictionOptions::spacing),
                windows.use(),
                maps.probabilities(),
                maps.entropy(),
                maps.disagreement(),
                cleaning.cleaning(description));
    }

    /**
     * Returns what is done with predictions that are there.
     *
     * @return whether they are replaced
     */
    public boolean overwrite() {
        return overwrite;
    }

    /**
     * Returns whether cases are drawn.
     *
     * @return how classes lie over images; empty: no picture is drawn
     */
    public Optional<PictureStyle> pictures() {
        return maps.pictures();
    }

    private static WorkingSpacing spacing(String text) {
        try {
            return WorkingSpacing.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UserInputException("--spacing: " + e.getMessage(), e);
        }
    }

    /** The modalities to use; empty: those that there are. */
    private Optional<ModalitySubset> subset(DataDescription description) {
        if (modalities.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(description.subset(String.join("+", modalities)));
        } catch (UserInputException e) {
            throw new UserInputException(
                    "--modalities: expected some of %s with commas, got %s"
                            .formatted(
                                    description.modalities().stream()
                                            .map(Modality::label)
                                            .collect(Collectors.joining(", ")),
                                    String.join(",", modalities)),
                    e);
        }
    }
}
