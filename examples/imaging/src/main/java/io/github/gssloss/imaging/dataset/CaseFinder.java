/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks through folders for the files of BraTS cases. */
final class CaseFinder {

    /** What a segmentation's name ends with before {@code .nii.gz}; in the order of the years. */
    static final List<String> SEGMENTATION_ENDINGS = List.of("_seg", "-seg");

    /** BraTS 2018 sorts its cases into HGG and LGG, one level deeper than the others. */
    private static final int MAX_DEPTH = 2;

    private CaseFinder() {}

    /** Finds the cases in and below a folder; see {@link CaseFiles#find}. */
    static List<CaseFiles> find(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UserInputException("data folder " + folder + ": no such folder");
        }
        List<CaseFiles> cases = new ArrayList<>();
        try (Stream<Path> below = Files.walk(folder, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : below.filter(Files::isDirectory).toList()) {
                caseIn(path).ifPresent(cases::add);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UserInputException(
                    "data folder " + folder + ": cannot be read: " + e.getMessage(), e);
        }
        if (cases.isEmpty()) {
            throw new UserInputException(
                    ("data folder %s: no BraTS case in it, expected files like "
                                    + "<case>/<case>_flair.nii.gz or <case>/<case>-t2f.nii.gz")
                            .formatted(folder));
        }
        cases.sort(Comparator.comparing(CaseFiles::name));
        for (int i = 1; i < cases.size(); i++) {
            if (cases.get(i).name().equals(cases.get(i - 1).name())) {
                throw new UserInputException(
                        "case %s: expected one folder of this name, got %s and %s"
                                .formatted(
                                        cases.get(i).name(),
                                        cases.get(i - 1).folder(),
                                        cases.get(i).folder()));
            }
        }
        return List.copyOf(cases);
    }

    private static Optional<CaseFiles> caseIn(Path folder) throws IOException {
        String name = fileName(folder.toAbsolutePath().normalize());
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            // macOS leaves twins named ._x beside the files of an archive.
            files =
                    listed.filter(file -> !fileName(file).startsWith("."))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList();
        }
        Map<Modality, Path> images = new EnumMap<>(Modality.class);
        for (Modality modality : Modality.values()) {
            only(files, modality.fileEndings(), name, modality.label())
                    .ifPresent(file -> images.put(modality, file));
        }
        Optional<Path> segmentation = only(files, SEGMENTATION_ENDINGS, name, "segmentation");
        return images.isEmpty() && segmentation.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaseFiles(name, folder, images, segmentation));
    }

    private static Optional<Path> only(
            List<Path> files, List<String> endings, String name, String what) {
        List<Path> matches = files.stream().filter(file -> matches(file, endings)).toList();
        if (matches.size() > 1) {
            throw new UserInputException(
                    "case %s: expected one %s file, got %s and %s"
                            .formatted(name, what, matches.get(0), matches.get(1)));
        }
        return matches.stream().findFirst();
    }

    private static boolean matches(Path file, List<String> endings) {
        String name = fileName(file);
        return endings.stream()
                .anyMatch(end -> name.endsWith(end + ".nii.gz") || name.endsWith(end + ".nii"));
    }

    /** The last part of a path; a file system's root has none and stands for itself. */
    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
