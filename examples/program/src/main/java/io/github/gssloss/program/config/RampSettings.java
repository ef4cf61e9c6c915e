/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the distillation starts from: over the first epochs each value that is given here moves to
 * that of the loss. The others do not move.
 *
 * @param epochs the epochs until the values of the loss hold; 0: from the beginning
 * @param shape how the values move; empty: in equal steps
 * @param beta the weight of the distillation in the first step, at least 0
 * @param temperature the temperature in the first step, from 0.001 to 1000
 * @param maskRate the share of voxels left out in the first step, 0 to below 1
 */
public record RampSettings(
        int epochs,
        Optional<RampShape> shape,
        Optional<Double> beta,
        Optional<Double> temperature,
        Optional<Double> maskRate) {

    /**
     * Checks the epochs against the values. The ranges are those of the table, which its reader
     * checks.
     *
     * @param epochs the epochs until the values of the loss hold; 0: from the beginning
     * @param shape how the values move; empty: in equal steps
     * @param beta the weight of the distillation in the first step, at least 0
     * @param temperature the temperature in the first step, from 0.001 to 1000
     * @param maskRate the share of voxels left out in the first step, 0 to below 1
     * @throws IllegalArgumentException if values are given without epochs, or epochs or a shape
     *     without values
     */
    public RampSettings {
        boolean given = Stream.of(beta, temperature, maskRate).anyMatch(Optional::isPresent);
        Check.that(
                given == epochs > 0,
                "epochs",
                given ? "at least 1 where a first value is given" : "0 without any first value",
                epochs);
        Check.that(
                given || shape.isEmpty(),
                "shape",
                "nothing without any first value",
                shape.map(SettingKey::settingName).orElse(""));
    }
}
