/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import java.util.EnumMap;
import java.util.Map;

/**
 * The loss of a batch.
 *
 * @param total a scalar, in training with gradient
 * @param parts its parts; empty if it has none
 */
record Computed(NDArray total, Map<LossTerm, NDArray> parts) {

    /** The parts without gradient, on the manager of the batch. */
    Map<LossTerm, NDArray> detachedParts(LabelledBatch batch) {
        Map<LossTerm, NDArray> detached = new EnumMap<>(LossTerm.class);
        parts.forEach((part, value) -> detached.put(part, batch.keep(value.stopGradient())));
        return detached;
    }
}
