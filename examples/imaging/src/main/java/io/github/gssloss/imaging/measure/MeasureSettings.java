/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.files.UserInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is measured beside the measures that are always there, and what the Hausdorff distance of an
 * empty mask is. Scores carry it with them, so that numbers of different definitions are never
 * averaged or compared.
 *
 * @param lesions how lesions are told apart; empty: no lesion-wise measures
 * @param surfaceTolerance the tolerance of the surface Dice in mm, above 0; empty: no surface Dice
 * @param volume whether the error of the volume is measured
 * @param emptyHd95 the {@link Measures#hd95} where one of two masks is empty, in mm, at least 0;
 *     where both are it is 0 then. Empty: cases where truth, prediction or both are empty are left
 *     out of the mean
 */
public record MeasureSettings(
        Optional<LesionSettings> lesions,
        OptionalDouble surfaceTolerance,
        boolean volume,
        OptionalDouble emptyHd95) {

    /** The measures that are always there, empty masks as in BraTS. */
    public static final MeasureSettings USUAL =
            new MeasureSettings(
                    Optional.empty(),
                    OptionalDouble.empty(),
                    false,
                    OptionalDouble.of(Measures.HD95_ONE_EMPTY));

    /**
     * Checks the numbers.
     *
     * @param lesions how lesions are told apart
     * @param surfaceTolerance the tolerance of the surface Dice in mm
     * @param volume whether the error of the volume is measured
     * @param emptyHd95 the distance where one of two masks is empty, in mm
     * @throws IllegalArgumentException if a number is out of its range
     */
    public MeasureSettings {
        double tolerance = surfaceTolerance.orElse(1);
        if (!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "tolerance: expected more than 0 mm, got " + tolerance);
        }
        double distance = emptyHd95.orElse(0);
        if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "distance of an empty mask: expected at least 0 mm, got " + distance);
        }
    }

    /**
     * Returns whether a metric may lack numbers because cases are left out of its mean.
     *
     * @param metric the metric
     * @return true for the Hausdorff distance alone, if so chosen
     */
    public boolean leavesOut(Metric metric) {
        return metric == Metric.HD95 && emptyHd95.isEmpty();
    }

    /**
     * Returns whether a metric is measured.
     *
     * @param metric the metric
     * @return true for those that are always there
     */
    public boolean has(Metric metric) {
        return switch (metric) {
            case LESION_DICE, LESION_HD95 -> lesions.isPresent();
            case SURFACE_DICE -> surfaceTolerance.isPresent();
            case VOLUME_ERROR -> volume;
            case DICE, DICE_POST, DICE_POST_MM3, SENSITIVITY, SPECIFICITY, PRECISION, HD95 -> true;
        };
    }

    /**
     * Says how a metric is defined where that is a choice.
     *
     * @param metric the metric
     * @return for example {@code at 1 mm}; nothing where it is as usual
     */
    public String definition(Metric metric) {
        return switch (metric) {
            case LESION_DICE, LESION_HD95 -> lesions.map(LesionSettings::label).orElse("");
            case SURFACE_DICE ->
                    surfaceTolerance.isPresent()
                            ? "at " + MeasureLabel.number(surfaceTolerance.getAsDouble()) + " mm"
                            : "";
            case HD95 -> emptyHd95.equals(USUAL.emptyHd95) ? "" : emptyWords();
            case DICE, DICE_POST, DICE_POST_MM3, SENSITIVITY, SPECIFICITY, PRECISION -> "";
            case VOLUME_ERROR -> "";
        };
    }

    /**
     * Returns the heading of a table.
     *
     * @param metric the metric
     * @return {@link Metric#title} with the definition where that is a choice
     */
    public String title(Metric metric) {
        String definition = definition(metric);
        return metric.title() + (definition.isEmpty() ? "" : " (" + definition + ")");
    }

    private String emptyWords() {
        return emptyHd95.isPresent()
                ? MeasureLabel.number(emptyHd95.getAsDouble()) + " where one of two masks is empty"
                : "without cases in which a mask is empty";
    }

    /**
     * Says what is done where a mask is empty.
     *
     * @return sentences
     */
    public String emptyMasks() {
        List<String> sentences = new ArrayList<>();
        sentences.add(Measures.emptyMasks(emptyHd95));
        if (surfaceTolerance.isPresent()) {
            sentences.add("Surface Dice of two empty masks: 1; of one: 0.");
        }
        return String.join(" ", sentences);
    }

    /**
     * Says what the measures are that were asked for.
     *
     * @return a sentence for each
     */
    public List<String> words() {
        List<String> sentences = new ArrayList<>();
        lesions.map(LesionSettings::words).ifPresent(sentences::add);
        surfaceTolerance.ifPresent(
                mm ->
                        sentences.add(
                                ("Surface Dice at a tolerance of %s mm: the share of both surfaces'"
                                     + " area that lies within it of the other surface; surface"
                                     + " elements and areas as in DeepMind's surface-distance"
                                     + " package.")
                                        .formatted(MeasureLabel.number(mm))));
        if (volume) {
            sentences.add(
                    "Volume error: the predicted volume less the true one in ml, without its"
                            + " sign.");
        }
        return sentences;
    }

    /**
     * Returns the text that {@link #parse} reads.
     *
     * @return for example {@code lesions=glioma;nsd=1;volume;empty-hd95=left-out}
     */
    public String label() {
        return MeasureLabel.of(this);
    }

    /**
     * Reads settings.
     *
     * @param label what {@link #label} returned
     * @param name names the text in errors
     * @return the settings
     * @throws UserInputException if it is none
     */
    public static MeasureSettings parse(String label, String name) {
        return MeasureLabel.parse(label, name);
    }
}
