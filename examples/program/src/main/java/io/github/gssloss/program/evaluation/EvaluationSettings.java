/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.segment.WindowUse;
import java.util.List;

/**
 * How networks are evaluated.
 *
 * @param subsets the subsets of modalities to evaluate with, in the order of the table
 * @param overlap the share of a window that the next one covers again, from 0 to below 1
 * @param unseen whether the cases that the run was trained on are left out
 * @param use how windows are seen and counted
 * @param measures what is measured
 * @param pictures what the pictures of the cases show
 */
public record EvaluationSettings(
        List<ModalitySubset> subsets,
        double overlap,
        boolean unseen,
        WindowUse use,
        MeasureSettings measures,
        PictureSettings pictures) {

    /** The overlap of the paper. */
    public static final double HALF = 0.5;

    /**
     * Reads subsets as users write them.
     *
     * @param subsets for example {@code all} and {@code flair+t2}; empty: all that there are
     * @param overlap the share of a window that the next one covers again, from 0 to below 1
     * @param description the modalities
     * @return the settings
     * @throws io.github.gssloss.files.UserInputException if a subset is none
     * @throws IllegalArgumentException if the overlap is out of range
     */
    public static EvaluationSettings of(
            List<String> subsets, double overlap, DataDescription description) {
        return new EvaluationSettings(
                subsets.isEmpty()
                        ? description.subsets()
                        : subsets.stream().map(description::subset).distinct().toList(),
                overlap);
    }

    /**
     * Evaluates all cases by the usual measures.
     *
     * @param subsets the subsets of modalities to evaluate with, in the order of the table
     * @param overlap the share of a window that the next one covers again, from 0 to below 1
     * @throws IllegalArgumentException if there is no subset or the overlap is out of range
     */
    public EvaluationSettings(List<ModalitySubset> subsets, double overlap) {
        this(
                subsets,
                overlap,
                false,
                WindowUse.PLAIN,
                MeasureSettings.USUAL,
                PictureSettings.USUAL);
    }

    /**
     * Returns these settings for the cases that the run was not trained on.
     *
     * @return settings that differ in this alone
     */
    public EvaluationSettings ofUnseen() {
        return new EvaluationSettings(subsets, overlap, true, use, measures, pictures);
    }

    /**
     * Returns these settings with windows seen or counted otherwise.
     *
     * @param other how windows are seen and counted
     * @return settings that differ in this alone
     */
    public EvaluationSettings with(WindowUse other) {
        return new EvaluationSettings(subsets, overlap, unseen, other, measures, pictures);
    }

    /**
     * Returns these settings for other measures.
     *
     * @param wanted what is measured
     * @return settings that differ in this alone
     */
    public EvaluationSettings withMeasures(MeasureSettings wanted) {
        return new EvaluationSettings(subsets, overlap, unseen, use, wanted, pictures);
    }

    /**
     * Returns these settings for other pictures.
     *
     * @param shown what they show
     * @return settings that differ in this alone
     */
    public EvaluationSettings withPictures(PictureSettings shown) {
        return new EvaluationSettings(subsets, overlap, unseen, use, measures, shown);
    }

    /**
     * Keeps a copy of the subsets.
     *
     * @param subsets the subsets of modalities to evaluate with, in the order of the table
     * @param overlap the share of a window that the next one covers again, from 0 to below 1
     * @param unseen whether the cases that the run was trained on are left out
     * @param use how windows are seen and counted
     * @param measures what is measured
     * @param pictures what the pictures of the cases show
     * @throws IllegalArgumentException if there is no subset or the overlap is out of range
     */
    public EvaluationSettings {
        if (subsets.isEmpty()) {
            throw new IllegalArgumentException("subsets: expected at least one, got none");
        }
        if (!(overlap >= 0 && overlap < 1)) {
            throw new IllegalArgumentException(
                    "overlap: expected at least 0 and below 1, got " + overlap);
        }
        subsets = List.copyOf(subsets);
    }
}
