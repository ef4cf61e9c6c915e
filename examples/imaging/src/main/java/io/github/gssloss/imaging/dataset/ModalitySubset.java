/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.UserInputException;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modalities that a network may use: the others count as missing.
 *
 * @param modalities at least one, in the order of {@link Modality}
 */
public record ModalitySubset(Set<Modality> modalities) {

    /** All four modalities. */
    public static final ModalitySubset ALL = new ModalitySubset(EnumSet.allOf(Modality.class));

    /** All four modalities, then each one alone in the order of {@link Modality}. */
    public static final List<ModalitySubset> ALL_AND_SINGLES =
            Stream.concat(Stream.of(ALL), Stream.of(Modality.values()).map(ModalitySubset::of))
                    .toList();

    /**
     * All 15 subsets as the paper's Table 6 lists them: the single modalities, the pairs, the
     * triples, all four.
     */
    public static final List<ModalitySubset> PAPER_ORDER =
            Stream.of(
                            "t2",
                            "t1ce",
                            "t1",
                            "flair",
                            "t1ce+t2",
                            "t1ce+t1",
                            "flair+t1",
                            "t1+t2",
                            "flair+t2",
                            "flair+t1ce",
                            "flair+t1ce+t1",
                            "flair+t1+t2",
                            "flair+t1ce+t2",
                            "t1ce+t1+t2",
                            "all")
                    .map(ModalitySubset::parse)
                    .toList();

    /** The order of {@link #within}. */
    private static final List<ModalitySubset> BY_SIZE =
            PAPER_ORDER.stream()
                    .sorted(
                            Comparator.comparingInt((ModalitySubset one) -> one.modalities.size())
                                    .thenComparing(ModalitySubset::bits, Comparator.reverseOrder()))
                    .toList();

    /**
     * Keeps a copy of the set.
     *
     * @param modalities the modalities to use
     * @throws IllegalArgumentException if there is none
     */
    public ModalitySubset {
        if (modalities.isEmpty()) {
            throw new IllegalArgumentException("modalities: expected at least one, got none");
        }
        modalities = Collections.unmodifiableSet(EnumSet.copyOf(modalities));
    }

    /**
     * Returns the subset of some modalities.
     *
     * @param first a modality
     * @param more further ones
     * @return their subset
     */
    public static ModalitySubset of(Modality first, Modality... more) {
        return new ModalitySubset(EnumSet.of(first, more));
    }

    /**
     * Returns the subsets of the modalities that a case has.
     *
     * @param present the modalities whose files exist, at least one
     * @return its non-empty subsets, the small ones first; the samples of a seed depend on their
     *     order
     * @throws IllegalArgumentException where no modality is present
     */
    public static List<ModalitySubset> within(Set<Modality> present) {
        List<ModalitySubset> within =
                BY_SIZE.stream().filter(one -> present.containsAll(one.modalities)).toList();
        if (within.isEmpty()) {
            throw new IllegalArgumentException("present: expected at least one modality, got none");
        }
        return within;
    }

    /** The subset as a number in which the first modality is the highest bit. */
    private int bits() {
        return modalities.stream().mapToInt(modality -> 8 >> modality.ordinal()).sum();
    }

    /**
     * Reads a subset as {@link #label()} writes it.
     *
     * @param text for example {@code flair+t1ce}, or {@code all}
     * @return the subset
     * @throws UserInputException if the text names something else
     */
    public static ModalitySubset parse(String text) {
        if (text.strip().equals("all")) {
            return ALL;
        }
        Set<Modality> modalities = EnumSet.noneOf(Modality.class);
        for (String label : text.split("\\+", -1)) {
            modalities.add(
                    Stream.of(Modality.values())
                            .filter(modality -> modality.label().equals(label.strip()))
                            .findFirst()
                            .orElseThrow(() -> unknown(text)));
        }
        return new ModalitySubset(modalities);
    }

    private static UserInputException unknown(String text) {
        return new UserInputException(
                "subset: expected all, or some of flair, t1ce, t1, t2 joined by +, got " + text);
    }

    /**
     * Returns whether a modality belongs to the subset.
     *
     * @param modality the modality
     * @return whether the network may use it
     */
    public boolean contains(Modality modality) {
        return modalities.contains(modality);
    }

    /**
     * Returns the name used in tables.
     *
     * @return for example {@code flair+t1ce+t1+t2} or {@code t1ce}
     */
    public String label() {
        return modalities.stream().map(Modality::label).collect(Collectors.joining("+"));
    }

    /**
     * Returns the subset as the row of a network's input.
     *
     * @return one boolean a modality, in the order of {@link Modality}
     */
    public boolean[] mask() {
        boolean[] mask = new boolean[Modality.values().length];
        modalities.forEach(modality -> mask[modality.ordinal()] = true);
        return mask;
    }

    /**
     * Returns the subset as a network takes it.
     *
     * @param manager the owner of the result
     * @return true for the modalities of the subset, shape (1, 4), boolean
     */
    public NDArray toArray(NDManager manager) {
        return manager.create(mask(), new Shape(1, Modality.values().length));
    }

    @Override
    public String toString() {
        return label();
    }
}
