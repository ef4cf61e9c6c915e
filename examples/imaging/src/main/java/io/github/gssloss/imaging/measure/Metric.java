/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The measures of a prediction, with their names in files and tables. */
public enum Metric {
    /** Overlap. */
    DICE("Dice, %", Measures::dice),
    /** Overlap where little enhancing tumour counts as none. */
    DICE_POST(
            "Dice, %, enhancing tumour of fewer than 500 voxels taken as none", Measures::dicePost),
    /** Overlap where enhancing tumour of a small volume counts as none. */
    DICE_POST_MM3(
            "Dice, %, enhancing tumour of less than 500 mm3 taken as none", Measures::dicePostMm3),
    /** Share of the truth that was found. */
    SENSITIVITY("Sensitivity, %", Measures::sensitivity),
    /** Share of the rest that was left out. */
    SPECIFICITY("Specificity, %", Measures::specificity),
    /** Share of the prediction that is true. */
    PRECISION("Precision, %", Measures::precision),
    /** Distance of the surfaces. */
    HD95("Hausdorff distance 95, mm", Measures::hd95),
    /** Overlap of lesions one by one, missed and false ones included. */
    LESION_DICE("Lesion-wise Dice, %", Measures::lesionDice),
    /** Distance of the surfaces of lesions one by one, missed and false ones included. */
    LESION_HD95("Lesion-wise Hausdorff distance 95, mm", Measures::lesionHd95),
    /** Overlap of the surfaces within a tolerance. */
    SURFACE_DICE("Surface Dice, %", Measures::surfaceDice),
    /** Difference of the volumes without its sign. */
    VOLUME_ERROR("Volume error, ml", Measures::volumeError);

    /** What stands where there is no number. */
    private static final String NOTHING = "\u2013";

    private final String title;
    private final ToDoubleFunction<Measures> value;

    Metric(String title, ToDoubleFunction<Measures> value) {
        this.title = title;
        this.value = value;
    }

    /**
     * Returns the name in files.
     *
     * @return for example {@code dice_post}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the heading of a table, with the unit of {@link #text}.
     *
     * @return for example {@code Dice, %}
     */
    public String title() {
        return title;
    }

    /**
     * Returns the unit of {@link #text}.
     *
     * @return {@code %}, {@code mm} or {@code ml}
     */
    public String unit() {
        return title.substring(title.indexOf(", ") + 2).split(",", 2)[0];
    }

    /**
     * Returns the number in the unit of {@link #text}.
     *
     * @param number the number, or a difference of two
     * @return per cent of a share, mm and ml as they are
     */
    public double shown(double number) {
        return unit().equals("%") ? 100 * number : number;
    }

    /** Whether small predictions count as none, in regions that have this rule. */
    boolean isPost() {
        return this == DICE_POST || this == DICE_POST_MM3;
    }

    /**
     * Returns the number.
     *
     * @param measures all numbers of a prediction
     * @return the one that this metric means
     */
    public double of(Measures measures) {
        return value.applyAsDouble(measures);
    }

    /**
     * Writes a number for a table: per cent of a share, mm and ml as they are.
     *
     * @param number the number, or a difference of two
     * @return with one decimal, two for specificity, which hardly leaves 100 %; a dash for NaN
     */
    public String text(double number) {
        if (Double.isNaN(number)) {
            return NOTHING;
        }
        String format = this == SPECIFICITY ? "%.2f" : "%.1f";
        String text = String.format(Locale.ROOT, format, shown(number));
        return text.matches("-[0.]+") ? text.substring(1) : text;
    }
}
