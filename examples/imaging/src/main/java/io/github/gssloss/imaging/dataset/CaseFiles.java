/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of one case: what there is, be it complete or not.
 *
 * @param kind how the files lie and are named
 * @param modalities the modalities of its data set, be they there or not
 * @param name the case's name: that of its folder in BraTS, what its files begin with in nnU-Net
 * @param folder the folder that holds the files
 * @param images the file of each modality that the case has
 * @param segmentation the file with the labels, if there is one
 */
public record CaseFiles(
        DatasetKind kind,
        List<Modality> modalities,
        String name,
        Path folder,
        Map<Modality, Path> images,
        Optional<Path> segmentation) {

    /**
     * Creates the record with copies of list and map.
     *
     * @param kind how the files lie and are named
     * @param modalities the modalities of its data set
     * @param name the case's name
     * @param folder the folder that holds the files
     * @param images the file of each modality that the case has
     * @param segmentation the file with the labels, if there is one
     */
    public CaseFiles {
        modalities = List.copyOf(modalities);
        images = Collections.unmodifiableMap(new TreeMap<>(images));
    }

    /**
     * Makes a case of BraTS.
     *
     * @param name the case's name, which is its folder's
     * @param folder the folder that holds the files
     * @param images the file of each modality that the case has
     * @param segmentation the file with the labels, if there is one
     * @return the case
     */
    public static CaseFiles ofBrats(
            String name, Path folder, Map<Modality, Path> images, Optional<Path> segmentation) {
        return new CaseFiles(
                DatasetKind.BRATS, Brats.MODALITIES, name, folder, images, segmentation);
    }

    /**
     * Finds the cases of a BraTS folder as {@link Cohort#find(Path)} does, and nothing that is left
     * out.
     *
     * @param folder a folder of case folders, or the folder of one case
     * @return the cases by name; they may be incomplete: {@link #requireComplete} or {@link
     *     #requireImages} say what is missing
     * @throws UserInputException where the folder is missing or holds no case, or something in it
     *     cannot be used
     */
    public static List<CaseFiles> find(Path folder) {
        return Cohort.find(folder).requireAll(false).cases();
    }

    /**
     * Makes a case of files whose names say what they are.
     *
     * @throws UserInputException where two are the same, belong to two patients, or one cannot be
     *     opened
     */
    static CaseFiles of(Path folder, List<NamedFile> files) {
        String name = name(folder);
        Map<String, Path> byKind = new HashMap<>();
        Map<Modality, Path> images = new TreeMap<>();
        for (NamedFile file : files) {
            NamedFile first = files.get(0);
            if (!file.prefix().equalsIgnoreCase(first.prefix())) {
                throw new UserInputException(
                        "case %s: expected files whose names begin alike, got %s and %s in %s"
                                .formatted(
                                        name,
                                        first.path().getFileName(),
                                        file.path().getFileName(),
                                        folder));
            }
            Path twin = byKind.putIfAbsent(file.what(), file.path());
            if (twin != null) {
                throw new UserInputException(
                        "case %s: expected one %s file, got %s and %s"
                                .formatted(name, file.what(), twin, file.path()));
            }
            NamedFile.unreadable(file.path())
                    .ifPresent(
                            why -> {
                                throw new UserInputException(
                                        "case %s: %s cannot be opened: %s"
                                                .formatted(name, file.path(), why));
                            });
            file.modality().ifPresent(modality -> images.put(modality, file.path()));
        }
        return ofBrats(name, folder, images, Optional.ofNullable(byKind.get("segmentation")));
    }

    /** The name of the case in a folder. */
    static String name(Path folder) {
        return NamedFile.fileName(folder.toAbsolutePath().normalize());
    }

    /**
     * Returns this case after checking that it has all modalities and a segmentation.
     *
     * @return this
     * @throws UserInputException where a file is missing
     */
    public CaseFiles requireComplete() {
        requireImages();
        return requireSegmentation();
    }

    /**
     * Returns this case after checking that it can be trained on or evaluated: it has at least one
     * modality and a segmentation.
     *
     * @return this
     * @throws UserInputException where a file is missing
     */
    public CaseFiles requireLabelled() {
        return requireAnyImage().requireSegmentation();
    }

    /**
     * Returns this case after checking that it has a segmentation.
     *
     * @return this
     * @throws UserInputException where it has none
     */
    public CaseFiles requireSegmentation() {
        if (segmentation.isEmpty()) {
            throw missing(Optional.empty());
        }
        return this;
    }

    /**
     * Returns this case after checking that it has at least one modality.
     *
     * @return this
     * @throws UserInputException where it has none
     */
    public CaseFiles requireAnyImage() {
        if (images.isEmpty()) {
            throw new UserInputException(
                    "case %s: no modality, expected at least one of %s as %s in %s"
                            .formatted(
                                    name,
                                    modalities.stream()
                                            .map(Modality::label)
                                            .collect(Collectors.joining(", ")),
                                    kind.example(name),
                                    folder));
        }
        return this;
    }

    /**
     * Returns this case after checking that it has some modalities.
     *
     * @param needed the modalities that are needed
     * @return this
     * @throws UserInputException where a file of one is missing
     */
    public CaseFiles requireImages(Set<Modality> needed) {
        needed.forEach(this::image);
        return this;
    }

    /**
     * Returns this case after checking that it has all modalities.
     *
     * @return this
     * @throws UserInputException where a file is missing
     */
    public CaseFiles requireImages() {
        modalities.forEach(this::image);
        return this;
    }

    /**
     * Returns this case as if it had no segmentation.
     *
     * @return the case with its images alone
     */
    public CaseFiles withoutSegmentation() {
        return new CaseFiles(kind, modalities, name, folder, images, Optional.empty());
    }

    /**
     * Returns this case as if it lacked some modalities.
     *
     * @param hidden the modalities to leave out; those that it does not have change nothing
     * @return the case with its other images
     */
    public CaseFiles without(Set<Modality> hidden) {
        Map<Modality, Path> left = new TreeMap<>(images);
        left.keySet().removeAll(hidden);
        return new CaseFiles(kind, modalities, name, folder, left, segmentation);
    }

    /**
     * Returns whether this case has all modalities.
     *
     * @return false where one is missing
     */
    public boolean hasAllImages() {
        return images.size() == modalities.size();
    }

    /**
     * Returns the modalities that this case has.
     *
     * @return them as tables name them, for example {@code flair+t1}; {@code none} where it has
     *     none
     */
    public String modalityText() {
        return images.isEmpty() ? "none" : new ModalitySubset(images.keySet()).label();
    }

    /**
     * Returns the file whose grid (header) stands for the case, for writing predictions.
     *
     * @return the file of the first modality there is
     * @throws IllegalStateException where the case has no image
     */
    public Path reference() {
        return images.values().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("case " + name + " has no image"));
    }

    private Path image(Modality modality) {
        if (!images.containsKey(modality)) {
            throw missing(Optional.of(modality));
        }
        return images.get(modality);
    }

    /** Names the file that is expected; of no modality: the segmentation. */
    private UserInputException missing(Optional<Modality> modality) {
        return new UserInputException(
                "case %s: no %s file, expected %s"
                        .formatted(
                                name,
                                modality.map(Modality::label).orElse("segmentation"),
                                kind.expected(this, modality)));
    }
}
