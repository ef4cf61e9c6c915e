/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Looks through folders for the files of BraTS cases; see {@link Cohort#find}. */
final class CaseFinder {

    /** BraTS 2018 sorts its cases into HGG and LGG, one level deeper than the others. */
    private static final int MAX_DEPTH = 2;

    /** Where Linux puts what it saves from a damaged disk; root alone may read it. */
    private static final String LOST_AND_FOUND = "lost+found";

    private static final String EXPECTED =
            "expected names like %1$s_flair.nii.gz or %1$s-t2f.nii.gz";

    private final Path root;

    /** The folders looked through: as links lead to them, and as they were found. */
    private final Map<Path, Path> seen = new HashMap<>();

    private final Map<String, List<CaseFiles>> cases = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    CaseFinder(Path root) {
        this.root = root;
    }

    Cohort find() {
        if (!Files.isDirectory(root)) {
            throw new UserInputException("data folder " + root + ": no such folder");
        }
        look(root, 0);
        List<CaseFiles> found = new ArrayList<>();
        cases.forEach(
                (name, same) -> {
                    if (same.size() == 1) {
                        found.add(same.get(0));
                    } else {
                        problems.add(
                                "case %s: expected one folder of this name, got %s and %s"
                                        .formatted(
                                                name, same.get(0).folder(), same.get(1).folder()));
                    }
                });
        return new Cohort(root, found, problems, skipped, notes);
    }

    private void look(Path folder, int depth) {
        List<Path> entries;
        try {
            Path known = seen.putIfAbsent(folder.toRealPath(), folder);
            if (known != null) {
                skip(folder, "a link to " + known + ", which is looked through anyway");
                return;
            }
            entries = FolderFiles.list(folder);
        } catch (IOException e) {
            cannotRead(folder, depth, e);
            return;
        } catch (UncheckedIOException e) {
            cannotRead(folder, depth, e.getCause());
            return;
        }
        List<Path> files = entries.stream().filter(one -> !Files.isDirectory(one)).toList();
        sort(folder, depth, files);
        // Of a folder and a link to it, the folder's name is the case's.
        entries.stream()
                .filter(Files::isDirectory)
                .sorted(Comparator.comparing(Files::isSymbolicLink))
                .forEach(one -> look(one, depth + 1));
    }

    private void cannotRead(Path folder, int depth, IOException failure) {
        String why = "cannot be read: " + NamedFile.words(failure);
        if (depth == 0) {
            throw new UserInputException("data folder " + folder + ": " + why);
        } else if (NamedFile.fileName(folder).equals(LOST_AND_FOUND)) {
            notes.add(folder + ": " + why);
        } else {
            skip(folder, why);
        }
    }

    private void sort(Path folder, int depth, List<Path> files) {
        List<Path> images = files.stream().filter(NamedFile::isNifti).toList();
        skip(
                folder,
                files.stream().filter(NamedFile::isOfPair).toList(),
                "pairs of .hdr and .img, expected single files .nii or .nii.gz");
        files.stream()
                .filter(one -> !NamedFile.isNifti(one) && Files.notExists(one))
                .forEach(one -> skip(one, NamedFile.unreadable(one).orElse("not there")));
        if (depth > MAX_DEPTH) {
            skip(
                    folder,
                    images,
                    "nested too deep, expected cases at most %d levels below %s"
                            .formatted(MAX_DEPTH, root));
        } else if (depth > 0 && NamedFile.isNifti(folder)) {
            skip(
                    folder,
                    images,
                    "a folder that is named like a file, expected the file in its place");
        } else {
            add(folder, images);
        }
    }

    private void add(Path folder, List<Path> images) {
        List<NamedFile> files = images.stream().flatMap(one -> NamedFile.of(one).stream()).toList();
        if (!files.isEmpty()) {
            try {
                CaseFiles found = CaseFiles.of(folder, files);
                cases.computeIfAbsent(found.name(), name -> new ArrayList<>()).add(found);
            } catch (UserInputException e) {
                problems.add(e.getMessage());
            }
        }
        List<Path> others = images.stream().filter(one -> NamedFile.of(one).isEmpty()).toList();
        String prefix = files.isEmpty() ? CaseFiles.name(folder) : files.get(0).prefix();
        skip(folder, others, EXPECTED.formatted(prefix) + likelySegmentation(files, others));
    }

    /** BraTS 2020 has a segmentation named otherwise, that of case 355. */
    private static String likelySegmentation(List<NamedFile> files, List<Path> others) {
        Predicate<Path> named =
                one -> NamedFile.fileName(one).toLowerCase(Locale.ROOT).contains("seg");
        List<Path> likely = others.stream().filter(named).toList();
        if (files.isEmpty()
                || likely.size() != 1
                || files.stream().anyMatch(one -> one.modality().isEmpty())) {
            return "";
        }
        String ending = NamedFile.SEGMENTATION_ENDINGS.get(files.get(0).year());
        return "; %s is likely the segmentation: rename it to %s%s.nii%s"
                .formatted(
                        NamedFile.fileName(likely.get(0)),
                        files.get(0).prefix(),
                        ending,
                        NamedFile.fileName(likely.get(0)).matches("(?i).*\\.gz") ? ".gz" : "");
    }

    private void skip(Path path, String why) {
        skipped.add(path + ": left out: " + why);
    }

    private void skip(Path folder, List<Path> files, String why) {
        skipped.addAll(new FolderFiles(folder, files).leftOut(files, why));
    }
}
