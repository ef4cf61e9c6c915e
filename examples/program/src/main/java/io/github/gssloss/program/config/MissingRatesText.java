/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.gssloss.imaging.sample.MissingRates;

/** How settings write {@link MissingRates}, as their own text: a mix-in for Jackson. */
abstract class MissingRatesText {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static MissingRates parse(String text) {
        return MissingRates.parse(text);
    }

    @Override
    @JsonValue
    public abstract String toString();
}
