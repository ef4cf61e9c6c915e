/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

/**
 * When a class is distilled: once its leaders know it. Not in the paper, whose vote on a small
 * class is the {@linkplain Decision#MINIMUM minimum} until its leaders are sure of it, so that the
 * target says that the class is not there.
 *
 * <p>A class is ready while the Dice of its leaders against the labels is above the bar. The Dice
 * is that of running counts: the voxels predicted and labelled, predicted, and labelled, summed
 * over the leaders of the class and the samples that have their modality, in an exponential mean
 * over the training batches, C &larr; d C + (1 - d) C<sub>batch</sub>, which starts at 0. A class
 * without any count is not ready. The counts of a batch are taken before its target is computed.
 *
 * <p>Immutable: the counts are the state of a training, which {@code gss-djl}'s losses hold.
 */
public final class Readiness {

    private final double bar;
    private final double decay;
    private final UnreadyVote unreadyVote;

    private Readiness(double bar, double decay, UnreadyVote unreadyVote) {
        this.bar = bar;
        this.decay = decay;
        this.unreadyVote = unreadyVote;
    }

    /**
     * Creates the settings.
     *
     * @param bar the Dice that the leaders have to pass, in [0, 1)
     * @param decay d in [0, 1): 0.99 remembers about a hundred batches
     * @param unreadyVote the vote of a class that is not ready
     * @return the settings
     * @throws IllegalArgumentException if a number is outside its range, or the vote is null
     */
    public static Readiness of(double bar, double decay, UnreadyVote unreadyVote) {
        return new Readiness(
                Arguments.requireBelowOne("bar", bar),
                Arguments.requireBelowOne("decay", decay),
                Arguments.requireNonNull("unreadyVote", unreadyVote));
    }

    /** {@return the Dice that the leaders of a class have to pass, in [0, 1)} */
    public double bar() {
        return bar;
    }

    /** {@return the weight d of the counts before a batch, in [0, 1)} */
    public double decay() {
        return decay;
    }

    /** {@return the vote of a class that is not ready} */
    public UnreadyVote unreadyVote() {
        return unreadyVote;
    }

    /** {@inheritDoc} */
    @Override
    public boolean equals(Object other) {
        return other instanceof Readiness that
                && bar == that.bar
                && decay == that.decay
                && unreadyVote == that.unreadyVote;
    }

    /** {@inheritDoc} */
    @Override
    public int hashCode() {
        return (Double.hashCode(bar) * 31 + Double.hashCode(decay)) * 31 + unreadyVote.hashCode();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "Readiness[bar=" + bar + ", decay=" + decay + ", unreadyVote=" + unreadyVote + "]";
    }
}
