/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The decisions of one class over the voxels of a batch.
 *
 * @param className the name of the class
 * @param shares the share of voxels of every {@link Decision}, from 0 to 1; they add up to 1, or
 *     are all 0 if no voxel counts
 * @param sharesWithin the same over the voxels labelled with the class alone, because a small class
 *     hardly changes the shares of all voxels; empty if no voxel is labelled with it, or without
 *     labels
 * @param targetDice Dice of the soft target's most probable class against the labels, empty if no
 *     labels were given; see {@link DecisionShares}
 * @param trustedWithin the mean {@link Trust} in the target over the voxels labelled with the
 *     class, 0 where one is undecided; empty if no voxel is labelled with it, or without labels
 * @param volumeRatios by modality, the voxels that its branch predicts as the class over those
 *     labelled with it, in the samples that have the modality; empty where none is labelled, and an
 *     empty list without labels
 * @param branchDice by modality, Dice of its branch's most probable class against the labels, in
 *     the samples that have the modality; empty where no voxel of them is labelled with the class,
 *     and an empty list without labels
 * @param ready whether the class is {@linkplain Readiness ready}; empty if the settings have no
 *     readiness
 */
public record ClassDecisions(
        String className,
        Map<Decision, Double> shares,
        Map<Decision, Double> sharesWithin,
        OptionalDouble targetDice,
        OptionalDouble trustedWithin,
        List<OptionalDouble> volumeRatios,
        List<OptionalDouble> branchDice,
        Optional<Boolean> ready) {

    /**
     * Keeps copies of the shares.
     *
     * @param className the name of the class
     * @param shares the share of each decision
     * @param sharesWithin the share of each decision within the class, or empty
     * @param targetDice the Dice of the soft target, empty without labels
     * @param trustedWithin the trust within the class, or empty
     * @param volumeRatios the volume each branch predicts over the labelled one, or empty
     * @param branchDice the Dice of each branch, or empty
     * @param ready whether the class is ready, or empty
     * @throws IllegalArgumentException if an argument or a decision is missing
     */
    public ClassDecisions {
        Arguments.requireNonNull("className", className);
        Arguments.requireNonNull("shares", shares);
        Arguments.requireNonNull("sharesWithin", sharesWithin);
        Arguments.requireNonNull("targetDice", targetDice);
        Arguments.requireNonNull("trustedWithin", trustedWithin);
        volumeRatios = Arguments.requireList("volumeRatios", volumeRatios);
        branchDice = Arguments.requireList("branchDice", branchDice);
        Arguments.requireNonNull("ready", ready);
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
     * Returns the share of voxels with a decision.
     *
     * @param decision the decision
     * @return from 0 to 1
     * @throws IllegalArgumentException if there is no decision
     */
    public double share(Decision decision) {
        Arguments.requireNonNull("decision", decision);
        return shares.get(decision);
    }

    /**
     * Returns the share of a decision among the voxels labelled with the class.
     *
     * @param decision the decision
     * @return from 0 to 1; empty if no voxel is labelled with the class, or without labels
     * @throws IllegalArgumentException if there is no decision
     */
    public OptionalDouble shareWithin(Decision decision) {
        Arguments.requireNonNull("decision", decision);
        return sharesWithin.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sharesWithin.get(decision));
    }
}
