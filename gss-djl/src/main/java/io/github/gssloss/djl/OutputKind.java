/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

/** What a network's output holds along its class axis. */
public enum OutputKind {
    /** Probabilities that sum to one. */
    PROBABILITIES,
    /** Logits: a softmax over classes makes them probabilities. */
    LOGITS
}
