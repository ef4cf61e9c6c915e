/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A data set in the raw form of nnU-Net: a folder with {@code dataset.json}, a file {@code
 * imagesTr/CASE_0000.nii.gz} for each channel of each case, and {@code labelsTr/CASE.nii.gz}.
 * nnU-Net wants every channel of every case; here a file that is not there is a missing modality.
 */
public final class NnUnetFolder {

    private final Path folder;
    private final NnUnetJson json;
    private final DataDescription description;

    private NnUnetFolder(Path folder, NnUnetJson json) {
        this.folder = folder;
        this.json = json;
        this.description =
                new DataDescription(
                        DatasetKind.NNUNET,
                        CaseFiles.name(folder),
                        json.channels(),
                        json.labels(),
                        json.regions());
    }

    /**
     * Returns whether a folder is one of nnU-Net.
     *
     * @param folder a folder, be it there or not
     * @return whether it has a {@code dataset.json}, be it right or wrong
     */
    public static boolean looksLike(Path folder) {
        return Files.exists(folder.resolve(NnUnetJson.NAME), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Opens a folder: reads its {@code dataset.json}.
     *
     * @param folder the folder
     * @return the folder
     * @throws UserInputException if there is no such folder or no {@code dataset.json} in it, or
     *     that file is wrong
     */
    public static NnUnetFolder open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserInputException("data folder " + folder + ": no such folder");
        }
        if (!looksLike(folder)) {
            throw new UserInputException(
                    "data folder %s: expected %s, imagesTr and labelsTr of nnU-Net, got no %s"
                            .formatted(folder, NnUnetJson.NAME, NnUnetJson.NAME));
        }
        return new NnUnetFolder(folder, NnUnetJson.read(folder.resolve(NnUnetJson.NAME)));
    }

    /**
     * Returns what {@code dataset.json} says of the cases.
     *
     * @return the description, named as the folder
     */
    public DataDescription description() {
        return description;
    }

    /**
     * Finds the cases: those of {@code imagesTr} or, without such a folder, of {@code imagesTs}.
     * Images are matched to modalities by the channel's name.
     *
     * @param other what the cases are to show: {@link #description()}, or that of another folder
     *     with the same modalities in any order and the same labels; its regions may be others
     * @return the cases with the modalities of that description, complete or not, and all that is
     *     left out
     * @throws UserInputException if modalities or labels are not the same, there is no folder of
     *     images, or a folder cannot be read
     */
    public Cohort cohort(DataDescription other) {
        requireSame(other);
        Cohort found = NnUnetCases.of(folder, json, other);
        List<String> here = names(json.channels());
        List<String> there = names(other.modalities());
        if (here.equals(there)) {
            return found;
        }
        List<String> notes = new ArrayList<>(found.notes());
        notes.add(
                "%s: %s: in the order %s, in %s %s: files are matched by the channel's name"
                        .formatted(json.file(), NnUnetJson.CHANNELS, here, other.name(), there));
        return new Cohort(folder, found.cases(), found.problems(), found.skipped(), notes);
    }

    private void requireSame(DataDescription other) {
        List<String> here = names(json.channels());
        List<String> there = names(other.modalities());
        if (!Set.copyOf(here).equals(Set.copyOf(there))) {
            throw differs(NnUnetJson.CHANNELS, other, there, here);
        }
        LabelSet labels = other.labels();
        if (!numbers(labels).equals(numbers(json.labels()))
                || !labels.ignored().equals(json.labels().ignored())) {
            throw differs("labels", other, shown(labels), shown(json.labels()));
        }
    }

    private UserInputException differs(
            String key, DataDescription other, Object expected, Object got) {
        return new UserInputException(
                "%s: %s: expected %s as in %s, got %s"
                        .formatted(json.file(), key, expected, other.name(), got));
    }

    private static List<String> names(Collection<Modality> modalities) {
        return modalities.stream().map(Modality::label).toList();
    }

    private static Map<String, Integer> numbers(LabelSet labels) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < labels.classes(); i++) {
            numbers.put(labels.classNames().get(i), labels.fileLabel(i));
        }
        return numbers;
    }

    /** Names and numbers, by number. */
    private static String shown(LabelSet labels) {
        Map<Integer, String> names = new TreeMap<>();
        numbers(labels).forEach((name, number) -> names.put(number, name));
        labels.ignored().ifPresent(number -> names.put(number, "ignore"));
        return names.entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining(", "));
    }
}
