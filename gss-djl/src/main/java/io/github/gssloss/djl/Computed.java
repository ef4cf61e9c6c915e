/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of a batch.
 *
 * @param total a scalar, in training with gradient
 * @param parts its parts by name; empty if it has none
 */
record Computed(NDArray total, Map<String, NDArray> parts) {

    /** Names the terms, and adds the losses that the network gave. */
    static Computed of(NDArray total, Map<LossTerm, NDArray> terms, Map<String, NDArray> network) {
        Map<String, NDArray> parts = new LinkedHashMap<>();
        terms.forEach((term, value) -> parts.put(term.label(), value));
        parts.putAll(network);
        return new Computed(total, parts);
    }

    /** The parts without gradient, on the manager of the batch. */
    Map<String, NDArray> detachedParts(LabelledBatch batch) {
        Map<String, NDArray> detached = new LinkedHashMap<>();
        parts.forEach((part, value) -> detached.put(part, batch.keep(value.stopGradient())));
        return detached;
    }
}
