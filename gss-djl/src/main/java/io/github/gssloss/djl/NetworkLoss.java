/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import java.util.Arrays;

/**
 * An output that is itself a loss.
 *
 * @param name its name, for reports
 * @param index its index among the outputs
 * @param weight what it is multiplied by
 */
record NetworkLoss(String name, int index, double weight) {

    /** Refuses a name that is blank or that of another part of the loss, and a bad weight. */
    NetworkLoss {
        LossArguments.requireNonNull("name", name);
        boolean taken =
                Arrays.stream(LossTerm.values()).anyMatch(part -> part.label().equals(name));
        if (!name.matches("[a-z][a-z0-9]*") || taken || "total".equals(name)) {
            throw new IllegalArgumentException(
                    "name: expected lower-case letters and digits, and none of total, fused,"
                            + " branches, auxiliary and distillation, got '"
                            + name
                            + "'");
        }
        LossArguments.requireWeight(name, weight);
    }
}
