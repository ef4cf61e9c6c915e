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
        };
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
        };
    }

    static boolean higherIsBetter(Metric metric) {
        return metric != Metric.HD95;
    }

    /** A number as it is shown: in per cent or mm. */
    static double shown(Metric metric, double number) {
        return metric == Metric.HD95 ? number : 100 * number;
    }

    /** The largest number that can be shown. */
    static double largest(Metric metric) {
        return metric == Metric.HD95 ? Double.MAX_VALUE : 100;
    }

    static String unit(Metric metric) {
        return metric == Metric.HD95 ? "mm" : "%";
    }

    /** A number as text, in per cent or mm. */
    static String text(Metric metric, double number) {
        return Double.isNaN(number) ? NOTHING : metric.text(number);
    }

    /** A Dice score as text, in per cent. */
    static String dice(double number) {
        return text(Metric.DICE, number);
    }

    /** A difference as text, in points or mm: with its sign, unless all its digits are 0. */
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
