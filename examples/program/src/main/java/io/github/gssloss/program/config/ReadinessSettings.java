/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.core.Readiness;
import io.github.gssloss.core.UnreadyVote;
import java.util.Optional;

/**
 * When a class is distilled: once its leaders know it.
 *
 * @param bar the Dice of a class's leaders above which it is distilled, 0 to below 1
 * @param decay the weight of the counts before a batch, 0 to below 1; empty: 0.99
 * @param unready the vote of a class that is not distilled yet; empty: that of its label
 */
public record ReadinessSettings(double bar, Optional<Double> decay, Optional<UnreadyVote> unready) {

    private static final double DECAY = 0.99;

    /**
     * Returns the settings of the method.
     *
     * @return the same with its defaults
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Readiness toReadiness() {
        return Readiness.of(bar, decay.orElse(DECAY), unready.orElse(UnreadyVote.LABEL));
    }
}
