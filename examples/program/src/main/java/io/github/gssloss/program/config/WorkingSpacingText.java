/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.gssloss.imaging.prepare.WorkingSpacing;

/** How settings write a {@link WorkingSpacing}, as its own text: a mix-in for Jackson. */
abstract class WorkingSpacingText {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static WorkingSpacing ofValue(Object value) {
        return WorkingSpacing.parse(String.valueOf(value));
    }

    @Override
    @JsonValue
    public abstract String toString();
}
