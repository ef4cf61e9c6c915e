/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A NIfTI file whose name says what it is: {@code PREFIX_flair.nii.gz} and the like. Capitals and
 * small letters are the same.
 *
 * @param path the file
 * @param prefix its name before the ending
 * @param modality the modality; empty: a segmentation
 * @param year the place of the ending among the endings of the years
 */
record NamedFile(Path path, String prefix, Optional<Modality> modality, int year) {

    /** What the name of each modality ends with before {@code .nii.gz}: to 2021, from 2023. */
    private static final List<List<String>> ENDINGS =
            List.of(
                    List.of("_flair", "-t2f"),
                    List.of("_t1ce", "-t1c"),
                    List.of("_t1", "-t1n"),
                    List.of("_t2", "-t2w"));

    /** What a segmentation's name ends with before {@code .nii.gz}; in the order of the years. */
    static final List<String> SEGMENTATION_ENDINGS = List.of("_seg", "-seg");

    private static final List<String> NIFTI = List.of(".nii.gz", ".nii");
    private static final List<String> PAIR = List.of(".hdr", ".img", ".hdr.gz", ".img.gz");

    /** Takes the name of a NIfTI file apart; empty where no ending of a case's files is in it. */
    static Optional<NamedFile> of(Path path) {
        String name = fileName(path);
        int stem = name.length() - extension(name, NIFTI).orElse(name).length();
        for (Modality modality : Brats.MODALITIES) {
            Optional<NamedFile> image =
                    of(path, stem, endings(Optional.of(modality)), Optional.of(modality));
            if (image.isPresent()) {
                return image;
            }
        }
        return of(path, stem, SEGMENTATION_ENDINGS, Optional.empty());
    }

    /** The endings of a modality in the order of the years; of none, those of segmentations. */
    static List<String> endings(Optional<Modality> modality) {
        return modality.map(one -> ENDINGS.get(one.index())).orElse(SEGMENTATION_ENDINGS);
    }

    private static Optional<NamedFile> of(
            Path path, int stem, List<String> endings, Optional<Modality> modality) {
        String name = fileName(path).substring(0, stem);
        return extension(name, endings)
                .map(
                        ending ->
                                new NamedFile(
                                        path,
                                        name.substring(0, stem - ending.length()),
                                        modality,
                                        endings.indexOf(ending)));
    }

    /** What the file is, in one word. */
    String what() {
        return modality.map(Modality::label).orElse("segmentation");
    }

    static boolean isNifti(Path path) {
        return extension(fileName(path), NIFTI).isPresent();
    }

    /** Whether it is one of the two files of an older form of NIfTI, or of Analyze. */
    static boolean isOfPair(Path path) {
        return extension(fileName(path), PAIR).isPresent();
    }

    /** Why a file cannot be opened, if so. */
    static Optional<String> unreadable(Path file) {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            try {
                return Optional.of(
                        "a link to " + Files.readSymbolicLink(file) + ", which cannot be reached");
            } catch (IOException e) {
                return Optional.of("a link that cannot be read");
            }
        }
        if (!Files.isReadable(file)) {
            return Optional.of("no permission");
        }
        return Files.isRegularFile(file) ? Optional.empty() : Optional.of("it is not a file");
    }

    /** A failure of the file system without the names of classes. */
    static String words(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "no permission";
        }
        boolean known = failure instanceof FileSystemException file && file.getReason() != null;
        return known ? ((FileSystemException) failure).getReason() : failure.getMessage();
    }

    private static Optional<String> extension(String name, List<String> endings) {
        String small = name.toLowerCase(Locale.ROOT);
        return endings.stream().filter(small::endsWith).findFirst();
    }

    /** The last part of a path; a file system's root has none and stands for itself. */
    static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
