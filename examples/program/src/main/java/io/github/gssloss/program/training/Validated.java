/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

/**
 * What came of validating so far.
 *
 * @param epoch the number of epochs done at the last validation, 0 before the first
 * @param bestEpoch the number of epochs done at the best one, the earliest of equals
 * @param bestDice its score
 */
record Validated(int epoch, int bestEpoch, double bestDice) {

    static final Validated NEVER = new Validated(0, 0, 0);

    /** What holds after a further validation. */
    Validated after(int later, double dice) {
        return bestEpoch == 0 || dice > bestDice
                ? new Validated(later, later, dice)
                : new Validated(later, bestEpoch, bestDice);
    }
}
