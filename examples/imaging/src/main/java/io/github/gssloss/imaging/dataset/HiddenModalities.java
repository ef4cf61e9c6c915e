/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Modalities that are hidden from cases: files that exist, and that a training does not use.
 *
 * @param byCase the hidden modalities, at least one, by the name of the case; a case that is not
 *     named keeps all of its own
 */
public record HiddenModalities(SortedMap<String, Set<Modality>> byCase) {

    /** Nothing is hidden. */
    public static final HiddenModalities NONE = new HiddenModalities(new TreeMap<>());

    /**
     * Keeps a copy, without the cases from which nothing is hidden.
     *
     * @param byCase the hidden modalities by the name of the case
     */
    public HiddenModalities {
        SortedMap<String, Set<Modality>> copy = new TreeMap<>();
        byCase.forEach(
                (name, hidden) -> {
                    if (!hidden.isEmpty()) {
                        copy.put(name, new ModalitySubset(hidden).modalities());
                    }
                });
        byCase = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * Reads what {@link #labels} gives.
     *
     * @param labels modalities by the name of the case
     * @param all the modalities of the data set
     * @return what is hidden
     * @throws UserInputException if a text names something else than modalities
     */
    public static HiddenModalities ofLabels(Map<String, String> labels, List<Modality> all) {
        SortedMap<String, Set<Modality>> byCase = new TreeMap<>();
        labels.forEach(
                (name, text) -> byCase.put(name, ModalitySubset.parse(text, all).modalities()));
        return new HiddenModalities(byCase);
    }

    /**
     * Returns the hidden modalities as text.
     *
     * @return for example {@code flair+t1} by the name of the case
     */
    public SortedMap<String, String> labels() {
        SortedMap<String, String> labels = new TreeMap<>();
        byCase.forEach((name, hidden) -> labels.put(name, new ModalitySubset(hidden).label()));
        return labels;
    }

    /**
     * Returns cases as if the hidden files were not there.
     *
     * @param cases the cases
     * @return the cases in the same order, each without what is hidden from it
     * @throws UserInputException if a case keeps no modality
     */
    public List<CaseFiles> hide(List<CaseFiles> cases) {
        return cases.stream().map(this::hide).toList();
    }

    private CaseFiles hide(CaseFiles files) {
        CaseFiles left = files.without(byCase.getOrDefault(files.name(), Set.of()));
        if (left.images().isEmpty()) {
            throw new UserInputException(
                    "case %s: expected a modality that is not hidden, but all that it has are: %s"
                            .formatted(files.name(), files.modalityText()));
        }
        return left;
    }
}
