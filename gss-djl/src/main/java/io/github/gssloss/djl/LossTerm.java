/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import java.util.Locale;

/** The parts of a {@link GssLoss}. */
enum LossTerm {
    FUSED,
    BRANCHES,
    AUXILIARY,
    DISTILLATION;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
