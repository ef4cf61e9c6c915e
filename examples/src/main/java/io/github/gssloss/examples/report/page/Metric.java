/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

import java.util.Locale;

/** A column of {@code scores.csv}: what it measures and how it is shown. */
enum Metric {
    /** Twice the overlap over the sum of both sizes. */
    DICE("dice", "Dice", "twice the overlap over the sum of both sizes, in per cent", 100, 1),
    /** Dice where few enhancing voxels count as none. */
    DICE_POST(
            "dice_post",
            "Dice, small ET as none",
            "Dice where a prediction of fewer than 500 enhancing voxels counts as none, in per"
                    + " cent",
            100,
            1),
    /** Found share of the truth. */
    SENSITIVITY(
            "sensitivity",
            "Sensitivity",
            "share of the true voxels that were found, in per cent",
            100,
            1),
    /** Spared share of the rest. */
    SPECIFICITY(
            "specificity",
            "Specificity",
            "share of the voxels outside the truth that were left out, in per cent",
            100,
            2),
    /** True share of the prediction. */
    PRECISION(
            "precision",
            "Precision",
            "share of the voxels found that are true, in per cent",
            100,
            1),
    /** Distance between the surfaces. */
    HD95(
            "hd95",
            "Hausdorff 95",
            "95th percentile of the distances between the surfaces, in mm: lower is better",
            1,
            1);

    /** What stands where there is no value. */
    static final String NOTHING = "\u2013";

    private final String column;
    private final String title;
    private final String meaning;
    private final int factor;
    private final int decimals;

    Metric(String column, String title, String meaning, int factor, int decimals) {
        this.column = column;
        this.title = title;
        this.meaning = meaning;
        this.factor = factor;
        this.decimals = decimals;
    }

    String column() {
        return column;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    /** Whether values lie from 0 to 1 and are shown in per cent. */
    boolean isShare() {
        return factor == 100;
    }

    boolean higherIsBetter() {
        return this != HD95;
    }

    /** A value as it is shown: per cent or mm. */
    double shown(double value) {
        return factor * value;
    }

    /** A value as text, in per cent or mm. */
    String text(double value) {
        return Double.isNaN(value)
                ? NOTHING
                : String.format(Locale.ROOT, "%." + decimals + "f", shown(value));
    }

    /** A difference as text, in points or mm, with its sign. */
    String change(double difference) {
        if (Double.isNaN(difference)) {
            return NOTHING;
        }
        String text = String.format(Locale.ROOT, "%+." + decimals + "f", shown(difference));
        // A minus as wide as the plus; no sign where all decimals are 0.
        return text.matches("[+-][0.]+") ? text.substring(1) : text.replace('-', '\u2212');
    }
}
