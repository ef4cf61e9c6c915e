/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * How the vote of one class was decided over the voxels of a batch.
 *
 * @param className the name of the class
 * @param shares the share of voxels that each decision decided, from 0 to 1, for every {@link
 *     Decision}; they add up to 1
 * @param teacherDice Dice of the soft target's most probable class against the labels, empty where
 *     no labels were given; see {@link DecisionShares}
 */
public record ClassDecisions(
        String className, Map<Decision, Double> shares, OptionalDouble teacherDice) {

    /**
     * Keeps a copy of the shares.
     *
     * @param className the name of the class
     * @param shares the share of each decision
     * @param teacherDice the Dice of the soft target, empty without labels
     * @throws IllegalArgumentException if an argument or a decision is missing
     */
    public ClassDecisions {
        Arguments.requireNonNull("className", className);
        Arguments.requireNonNull("shares", shares);
        Arguments.requireNonNull("teacherDice", teacherDice);
        shares = Map.copyOf(shares);
        if (shares.size() < Decision.values().length) {
            throw new IllegalArgumentException(
                    "shares of class "
                            + className
                            + ": expected one for every decision, got "
                            + shares.keySet());
        }
    }

    /**
     * Returns the share of voxels that a rule decided.
     *
     * @param decision the rule
     * @return from 0 to 1
     * @throws IllegalArgumentException if there is no rule
     */
    public double share(Decision decision) {
        Arguments.requireNonNull("decision", decision);
        return shares.get(decision);
    }
}
