/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the cases of a data set show: which images they have, what is segmented in them, and what
 * predictions are evaluated on. {@link Brats} has those of BraTS, {@link NnUnetFolder} reads
 * others.
 *
 * @param kind how the files lie in a folder
 * @param name a word for the data set, for example {@code brats2020}
 * @param modalities the modalities in the order of every array and network
 * @param labels the classes, and their numbers in the segmentation files
 * @param regions what is evaluated, at least one
 */
public record DataDescription(
        DatasetKind kind,
        String name,
        List<Modality> modalities,
        LabelSet labels,
        List<Region> regions) {

    /**
     * Keeps copies of the lists.
     *
     * @param kind how the files lie in a folder
     * @param name a word for the data set
     * @param modalities the modalities in the order of every array and network
     * @param labels the classes, and their numbers in the segmentation files
     * @param regions what is evaluated
     * @throws UserInputException if there is no region, two have one name, or one has a class that
     *     is not there
     */
    public DataDescription {
        modalities = List.copyOf(modalities);
        regions = List.copyOf(regions);
        List<String> names = regions.stream().map(Region::label).toList();
        if (names.isEmpty() || Set.copyOf(names).size() < names.size()) {
            throw new UserInputException(
                    "regions: expected at least one and different names, got " + names);
        }
        for (Region region : regions) {
            for (int index : region.classes()) {
                if (index < 1 || index >= labels.classes()) {
                    throw new UserInputException(
                            "region %s: expected classes from 1 to %d, got %d"
                                    .formatted(region, labels.classes() - 1, index));
                }
            }
        }
    }

    /**
     * Returns the number of modalities.
     *
     * @return at least 1
     */
    public int modalityCount() {
        return modalities.size();
    }

    /**
     * Returns a modality by its name.
     *
     * @param label the name
     * @return the modality
     * @throws UserInputException if there is none of this name
     */
    public Modality modality(String label) {
        return modalities.stream()
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UserInputException(
                                        "modality: expected one of %s, got '%s'"
                                                .formatted(modalities, label)));
    }

    /**
     * Returns all modalities.
     *
     * @return the subset that has them all
     */
    public ModalitySubset all() {
        return new ModalitySubset(Set.copyOf(modalities));
    }

    /**
     * Returns all modalities, then each one alone.
     *
     * @return the subsets; one where there is a single modality
     */
    public List<ModalitySubset> allAndSingles() {
        return Stream.concat(Stream.of(all()), modalities.stream().map(ModalitySubset::of))
                .distinct()
                .toList();
    }

    /**
     * Returns all subsets in the order of tables: the small ones first; those of BraTS as the
     * paper's Table 6 lists them.
     *
     * @return 2^M - 1 subsets
     */
    public List<ModalitySubset> subsets() {
        return modalities.equals(Brats.MODALITIES)
                ? Brats.PAPER_ORDER
                : ModalitySubset.within(modalities);
    }

    /**
     * Reads a subset of the modalities.
     *
     * @param text for example {@code flair+t1ce}, or {@code all}
     * @return the subset
     * @throws UserInputException if the text names something else
     */
    public ModalitySubset subset(String text) {
        return ModalitySubset.parse(text, modalities);
    }

    /**
     * Returns a region by its name.
     *
     * @param label the name
     * @return the region
     * @throws UserInputException if there is none of this name
     */
    public Region region(String label) {
        return regions.stream()
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UserInputException(
                                        "region: expected one of %s, got '%s'"
                                                .formatted(regions, label)));
    }
}
