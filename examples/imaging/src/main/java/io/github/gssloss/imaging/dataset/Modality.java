/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the kinds of images that the cases of a data set have, such as an MRI sequence. It knows
 * the others of its data set, so that a subset knows what it lacks.
 *
 * @param names the names of all modalities of the data set, in the order of every array and network
 * @param index the place of this one, from 0
 */
public record Modality(List<String> names, int index) implements Comparable<Modality> {

    /** More would have more than 1,000 subsets. */
    private static final int MOST = 10;

    /** What would be taken for a list of modalities, or for a rate of one. */
    private static final String MARKS = "+,=;:";

    /**
     * Checks the names and the place.
     *
     * @param names the names of all modalities of the data set
     * @param index the place of this one, from 0
     * @throws IllegalArgumentException if there is no such place
     * @throws UserInputException if there is no name or more than 10, two are the same, or one is
     *     empty, {@code all}, begins or ends with a blank, or has one of {@code + , = ; :}
     */
    public Modality {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > MOST) {
            throw new UserInputException("modalities: expected 1 to 10 names, got " + names);
        }
        if (index < 0 || index >= names.size()) {
            throw new IllegalArgumentException(
                    "index: expected 0 to %d, got %d".formatted(names.size() - 1, index));
        }
        for (String name : names) {
            if (name.isBlank()
                    || !name.equals(name.strip())
                    || name.equals("all")
                    || name.chars().anyMatch(one -> MARKS.indexOf(one) >= 0 || one < ' ')) {
                throw new UserInputException(
                        "modalities: expected names other than 'all' without %s, got '%s'"
                                .formatted(String.join(" ", MARKS.split("")), name));
            }
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new UserInputException(
                        "modalities: expected different names, got '%s' twice".formatted(name));
            }
        }
    }

    /**
     * Makes the modalities of a data set.
     *
     * @param names their names in the order of every array
     * @return one for each name
     * @throws UserInputException if there is none, two are the same, or one cannot be a name
     */
    public static List<Modality> of(List<String> names) {
        return names.isEmpty() ? List.of(new Modality(names, 0)) : new Modality(names, 0).all();
    }

    /**
     * Returns the name in tables, settings and files.
     *
     * @return for example {@code t1ce}
     */
    public String label() {
        return names.get(index);
    }

    /**
     * Returns all modalities of the data set.
     *
     * @return them in their order, this one among them
     */
    public List<Modality> all() {
        return IntStream.range(0, names.size()).mapToObj(i -> new Modality(names, i)).toList();
    }

    @Override
    public int compareTo(Modality other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return label();
    }
}
