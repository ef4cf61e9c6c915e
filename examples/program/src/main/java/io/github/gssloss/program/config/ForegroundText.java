/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.gssloss.imaging.prepare.Foreground;

/** How settings write a {@link Foreground}, as its own text: a mix-in for Jackson. */
abstract class ForegroundText {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Foreground parse(String text) {
        return Foreground.parse(text);
    }

    @Override
    @JsonValue
    public abstract String toString();
}
