/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.gssloss.imaging.prepare.Clipping;

/** How settings write a {@link Clipping}, as its own text: a mix-in for Jackson. */
abstract class ClippingText {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Clipping parse(String text) {
        return Clipping.parse(text);
    }

    @Override
    @JsonValue
    public abstract String toString();
}
