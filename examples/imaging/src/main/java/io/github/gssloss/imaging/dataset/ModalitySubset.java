/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.files.UserInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The modalities that a network may use: the others count as missing.
 *
 * @param modalities at least one, all of one data set, by their index
 */
public record ModalitySubset(Set<Modality> modalities) {

    /**
     * Keeps a copy of the set.
     *
     * @param modalities the modalities to use
     * @throws IllegalArgumentException if there is none, or they are of several data sets
     */
    public ModalitySubset {
        if (modalities.isEmpty()) {
            throw new IllegalArgumentException("modalities: expected at least one, got none");
        }
        Set<Modality> sorted = new TreeSet<>(modalities);
        if (sorted.size() < modalities.size()
                || sorted.stream().map(Modality::names).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "modalities: expected those of one data set, got " + modalities);
        }
        modalities = Collections.unmodifiableSet(sorted);
    }

    /**
     * Returns the subset of some modalities.
     *
     * @param first a modality
     * @param more further ones of the same data set
     * @return their subset
     */
    public static ModalitySubset of(Modality first, Modality... more) {
        return new ModalitySubset(
                Stream.concat(Stream.of(first), Stream.of(more)).collect(Collectors.toSet()));
    }

    /**
     * Returns the subsets of the modalities that a case has.
     *
     * @param present the modalities whose files exist, at least one
     * @return its non-empty subsets, the small ones first; the samples of a seed depend on their
     *     order
     * @throws IllegalArgumentException where no modality is present
     */
    public static List<ModalitySubset> within(Collection<Modality> present) {
        if (present.isEmpty()) {
            throw new IllegalArgumentException("present: expected at least one modality, got none");
        }
        List<Modality> all = new ArrayList<>(new TreeSet<>(present));
        // The first modality is the highest bit.
        return IntStream.range(1, 1 << all.size())
                .map(bits -> (1 << all.size()) - bits)
                .mapToObj(bits -> ofBits(all, bits))
                .sorted(Comparator.comparingInt(one -> one.modalities.size()))
                .toList();
    }

    private static ModalitySubset ofBits(List<Modality> all, int bits) {
        return new ModalitySubset(
                IntStream.range(0, all.size())
                        .filter(i -> (bits >> (all.size() - 1 - i) & 1) == 1)
                        .mapToObj(all::get)
                        .collect(Collectors.toSet()));
    }

    /**
     * Reads a subset as {@link #label()} writes it.
     *
     * @param text for example {@code flair+t1ce}, or {@code all}
     * @param all the modalities of the data set
     * @return the subset
     * @throws UserInputException if the text names something else
     */
    public static ModalitySubset parse(String text, List<Modality> all) {
        if (text.strip().equals("all")) {
            return new ModalitySubset(Set.copyOf(all));
        }
        Set<Modality> modalities = new TreeSet<>();
        for (String label : text.split("\\+", -1)) {
            modalities.add(
                    all.stream()
                            .filter(modality -> modality.label().equals(label.strip()))
                            .findFirst()
                            .orElseThrow(() -> unknown(text, all)));
        }
        return new ModalitySubset(modalities);
    }

    private static UserInputException unknown(String text, List<Modality> all) {
        return new UserInputException(
                "subset: expected all, or some of %s joined by +, got %s"
                        .formatted(
                                all.stream().map(Modality::label).collect(Collectors.joining(", ")),
                                text));
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
     * Returns whether these are all modalities of their data set.
     *
     * @return false where one is missing
     */
    public boolean hasAll() {
        return modalities.size() == mask().length;
    }

    /**
     * Returns all modalities of the data set.
     *
     * @return those of the subset and those that it lacks, in their order
     */
    public List<Modality> all() {
        return modalities.iterator().next().all();
    }

    /**
     * Returns what the subset lacks.
     *
     * @return the other modalities of the data set; empty where this has all
     */
    public Optional<ModalitySubset> rest() {
        Set<Modality> rest = new TreeSet<>(all());
        rest.removeAll(modalities);
        return rest.isEmpty() ? Optional.empty() : Optional.of(new ModalitySubset(rest));
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
     * @return one boolean for each modality of the data set
     */
    public boolean[] mask() {
        boolean[] mask = new boolean[modalities.iterator().next().names().size()];
        modalities.forEach(modality -> mask[modality.index()] = true);
        return mask;
    }

    /**
     * Returns the subset as a network takes it.
     *
     * @param manager the owner of the result
     * @return true for the modalities of the subset, shape (1, M), boolean
     */
    public NDArray toArray(NDManager manager) {
        boolean[] mask = mask();
        return manager.create(mask, new Shape(1, mask.length));
    }

    @Override
    public String toString() {
        return label();
    }
}
