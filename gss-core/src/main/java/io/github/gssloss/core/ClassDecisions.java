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
 * @param sharesWithin the same over the voxels that are labelled with the class alone: a small
 *     class is not seen in the shares of all voxels; empty where no voxel is, or without labels
 * @param teacherDice Dice of the soft target's most probable class against the labels, empty where
 *     no labels were given; see {@link DecisionShares}
 */
public record ClassDecisions(
        String className,
        Map<Decision, Double> shares,
        Map<Decision, Double> sharesWithin,
        OptionalDouble teacherDice) {

    /**
     * Keeps copies of the shares.
     *
     * @param className the name of the class
     * @param shares the share of each decision
     * @param sharesWithin the share of each decision within the class, or empty
     * @param teacherDice the Dice of the soft target, empty without labels
     * @throws IllegalArgumentException if an argument or a decision is missing
     */
    public ClassDecisions {
        Arguments.requireNonNull("className", className);
        Arguments.requireNonNull("shares", shares);
        Arguments.requireNonNull("sharesWithin", sharesWithin);
        Arguments.requireNonNull("teacherDice", teacherDice);
        shares = complete("shares", className, shares);
        if (!sharesWithin.isEmpty()) {
            sharesWithin = complete("sharesWithin", className, sharesWithin);
        }
    }

    private static Map<Decision, Double> complete(
            String name, String className, Map<Decision, Double> shares) {
        if (shares.size() < Decision.values().length) {
            throw new IllegalArgumentException(
                    name
                            + " of class "
                            + className
                            + ": expected one for every decision, got "
                            + shares.keySet());
        }
        return Map.copyOf(shares);
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

    /**
     * Returns the share of the voxels labelled with the class that a rule decided.
     *
     * @param decision the rule
     * @return from 0 to 1; empty where no voxel is labelled so, or without labels
     * @throws IllegalArgumentException if there is no rule
     */
    public OptionalDouble shareWithin(Decision decision) {
        Arguments.requireNonNull("decision", decision);
        return sharesWithin.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sharesWithin.get(decision));
    }
}
