/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import io.github.gssloss.imaging.compare.Interval;
import io.github.gssloss.imaging.measure.Metric;

/** What the report says of metrics, and how it writes their numbers. */
final class MetricText {

    /** What stands where there is no number. */
    static final String NOTHING = "\u2013";

    private MetricText() {}

    /** A name short enough for a row of seven. */
    static String title(Metric metric) {
        return switch (metric) {
            case DICE -> "Dice";
            case DICE_POST -> "Dice, small ET as none";
            case DICE_POST_MM3 -> "Dice, ET < 500 mm\u00B3 as none";
            case SENSITIVITY -> "Sensitivity";
            case SPECIFICITY -> "Specificity";
            case PRECISION -> "Precision";
            case HD95 -> "Hausdorff 95";
            case LESION_DICE -> "Lesion-wise Dice";
            case LESION_HD95 -> "Lesion-wise Hausdorff 95";
            case SURFACE_DICE -> "Surface Dice";
            case VOLUME_ERROR -> "Volume error";
        };
    }

    /** The name with what is said of the definition, if anything is. */
    static String title(Metric metric, String definition) {
        return title(metric) + (definition.isEmpty() ? "" : " (" + definition + ")");
    }

    /** What a metric is, in one sentence without its end. */
    static String meaning(Metric metric) {
        return switch (metric) {
            case DICE -> "twice the overlap over the sum of both sizes, in per cent";
            case DICE_POST ->
                    "Dice where a prediction of fewer than 500 enhancing voxels counts as none, in"
                            + " per cent";
            case DICE_POST_MM3 ->
                    "Dice where a prediction of less than 500 mm\u00B3 of enhancing tumour counts"
                            + " as none, in per cent";
            case SENSITIVITY -> "share of the true voxels that were found, in per cent";
            case SPECIFICITY ->
                    "share of the voxels outside the truth that were left out, in per cent";
            case PRECISION -> "share of the voxels found that are true, in per cent";
            case HD95 -> "distance between the surfaces, in mm: lower is better";
            case LESION_DICE ->
                    "mean Dice of the lesions, 0 for each missed and each false one, in per cent";
            case LESION_HD95 ->
                    "mean distance between the surfaces of the lesions, 374 for each missed and"
                            + " each false one, in mm: lower is better";
            case SURFACE_DICE ->
                    "share of both surfaces that lies within the tolerance of the other, in per"
                            + " cent";
            case VOLUME_ERROR ->
                    "predicted less true volume without its sign, in ml: lower is better";
        };
    }

    static boolean higherIsBetter(Metric metric) {
        return metric.unit().equals("%");
    }

    /** A number as it is shown: in per cent, mm or ml. */
    static double shown(Metric metric, double number) {
        return metric.shown(number);
    }

    /** The largest number that can be shown. */
    static double largest(Metric metric) {
        return higherIsBetter(metric) ? 100 : Double.MAX_VALUE;
    }

    /** A number as text, in per cent, mm or ml. */
    static String text(Metric metric, double number) {
        return Double.isNaN(number) ? NOTHING : metric.text(number);
    }

    /** A Dice score as text, in per cent. */
    static String dice(double number) {
        return text(Metric.DICE, number);
    }

    /** A difference as text, in points, mm or ml: with its sign, unless all its digits are 0. */
    static String change(Metric metric, double difference) {
        if (Double.isNaN(difference)) {
            return NOTHING;
        }
        String digits = metric.text(Math.abs(difference));
        if (digits.matches("[0.]+")) {
            return digits;
        }
        // A minus as wide as the plus.
        return (difference < 0 ? "\u2212" : "+") + digits;
    }

    /** An interval of differences as text. */
    static String interval(Metric metric, Interval ends) {
        return change(metric, ends.low()) + " to " + change(metric, ends.high());
    }
}
