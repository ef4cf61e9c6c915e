/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.evaluation.PictureSettings;
import io.github.gssloss.program.model.BranchDisagreement;
import io.github.gssloss.program.report.PictureStyle;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How networks are evaluated; of every command that evaluates cases. */
public final class EvaluationOptions {

    private static final String DISAGREEMENT = "--disagreement";

    @Option(
            names = "--subsets",
            paramLabel = "SUBSET",
            split = ",",
            description =
                    "Modalities to evaluate with, for example all,flair,t1ce+t2; default: all"
                            + " subsets, 15 of four modalities.")
    private List<String> subsets = List.of();

    @Option(
            names = "--overlap",
            paramLabel = "X",
            description =
                    "Share of a window that the next one covers again, from 0 to below 1; default:"
                            + " 0.5, as the paper does it.")
    private double overlap = EvaluationSettings.HALF;

    @Option(
            names = "--unseen",
            description =
                    "Leave out the cases that a run was trained on: what remains of a split folder"
                            + " are its validation cases.")
    private boolean unseen;

    @Option(
            names = "--ensemble",
            description = "Evaluate the runs as one: the mean of their probabilities.")
    private boolean ensemble;

    @Option(
            names = "--pictures",
            paramLabel = "STYLE",
            description =
                    "How classes lie over images: fills, or contours; default: fills. The pictures"
                            + " of cases that are finished stay as they are.")
    private PictureStyle pictures = PictureStyle.FILLS;

    @Option(
            names = "--entropy",
            description =
                    "Also draw the entropy of the probabilities, 0 to 1, as heat: where the network"
                            + " is unsure, beside where it is wrong.")
    private boolean entropy;

    @Option(
            names = DISAGREEMENT,
            description =
                    "Also draw the disagreement of the branches, 0 to 1, as heat: where the"
                            + " modalities contradict each other. Takes a further pass over each"
                            + " case.")
    private boolean disagreement;

    @Mixin private WindowOptions windows;
    @Mixin private MeasureOptions measures;

    /**
     * Returns how to evaluate.
     *
     * @param description what the cases show
     * @return the settings
     * @throws UserInputException that names the option that cannot be
     */
    public EvaluationSettings settings(DataDescription description) {
        if (!(overlap >= 0 && overlap < 1)) {
            throw new UserInputException(
                    "--overlap: expected a number from 0 to below 1, got " + overlap);
        }
        EvaluationSettings all =
                EvaluationSettings.of(subsets, overlap, description)
                        .with(windows.use())
                        .withMeasures(measures.settings())
                        .withPictures(new PictureSettings(pictures, entropy, disagreement));
        if (disagreement && all.subsets().stream().noneMatch(BranchDisagreement::isOf)) {
            throw new UserInputException(
                    "%s: expected a subset of two modalities or more beside it, got %s"
                            .formatted(
                                    DISAGREEMENT,
                                    all.subsets().stream()
                                            .map(ModalitySubset::label)
                                            .collect(Collectors.joining(", "))));
        }
        return unseen ? all.ofUnseen() : all;
    }

    /**
     * Returns whether several runs are one.
     *
     * @return whether the mean of their probabilities is evaluated
     */
    public boolean ensemble() {
        return ensemble;
    }
}
