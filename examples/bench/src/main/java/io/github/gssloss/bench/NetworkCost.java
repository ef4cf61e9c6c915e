/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

/** What is measured of a network. */
enum NetworkCost {
    /** All parameters. */
    PARAMETERS("parameters", "%,.0f"),
    /** Those that a prediction reads. */
    PARAMETERS_READ("parameters that a prediction needs", "%,.0f"),
    /** The median of the steps with distillation. */
    STEP_GSS("step with GSS, ms", "%.1f"),
    /** The median of the steps without. */
    STEP_TASK("step without GSS, ms", "%.1f"),
    /** The median of the predictions. */
    PREDICTION("prediction of one crop, ms", "%.1f"),
    /** The peak of a process that takes steps with distillation. */
    STEP_MEMORY("peak memory of a step with GSS, MB", "%.1f"),
    /** The peak of a process that predicts. */
    PREDICTION_MEMORY("peak memory of a prediction, MB", "%.1f");

    private final String label;
    private final String format;

    NetworkCost(String label, String format) {
        this.label = label;
        this.format = format;
    }

    /** The name of the row. */
    String label() {
        return label;
    }

    /** How its numbers are printed. */
    String format() {
        return format;
    }
}
