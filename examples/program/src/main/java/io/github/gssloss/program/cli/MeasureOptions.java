/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.imaging.measure.LesionSettings;
import io.github.gssloss.imaging.measure.MeasureLabel;
import io.github.gssloss.imaging.measure.MeasureSettings;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** What is measured beside the measures that are always there. */
final class MeasureOptions {

    private static final String LESIONS = "--lesions";
    private static final String SURFACE = "--nsd";
    private static final String EMPTY = "--empty-hd95";

    @Option(
            names = LESIONS,
            paramLabel = "TASK",
            description =
                    "Also lesion-wise Dice and Hausdorff 95 as in BraTS 2023: glioma (truth dilated"
                            + " 3 times, lesions of at most 50 mm3 left out), meningioma (1, 50),"
                            + " metastases (1, 2), or DILATIONSxMM3 such as 3x50.")
    private Optional<String> lesions;

    @Option(
            names = SURFACE,
            paramLabel = "MM",
            description =
                    "Also normalised surface Dice at this tolerance: the share of both surfaces"
                            + " that lies within it of the other.")
    private Optional<String> tolerance;

    @Option(
            names = "--volume",
            description = "Also the error of the volume in ml, without its sign.")
    private boolean volume;

    @Option(
            names = EMPTY,
            paramLabel = "MM",
            description =
                    "Hausdorff 95 where one of truth and prediction is empty (where both are it is"
                            + " 0): a distance such as 0 or 374, or left-out: cases in which any is"
                            + " empty do not count in its mean; default: 373.13. The tables say"
                            + " which.")
    private Optional<String> empty;

    /** What the user wants; options that cannot be read are named. */
    MeasureSettings settings() {
        Optional<LesionSettings> how = lesions.map(text -> LesionSettings.parse(text, LESIONS));
        OptionalDouble mm =
                tolerance
                        .map(text -> OptionalDouble.of(MeasureLabel.tolerance(text, SURFACE)))
                        .orElse(OptionalDouble.empty());
        OptionalDouble distance =
                empty.map(text -> MeasureLabel.emptyHd95(text, EMPTY))
                        .orElse(MeasureSettings.USUAL.emptyHd95());
        return new MeasureSettings(how, mm, volume, distance);
    }
}
