/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks through a raw folder of nnU-Net for its cases; see {@link NnUnetFolder#cohort}. */
final class NnUnetCases {

    /** Case and channel. Either ending of NIfTI is taken, whichever dataset.json names. */
    private static final Pattern IMAGE =
            Pattern.compile("(.+)_(\\d{4})\\.nii(\\.gz)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern LABEL =
            Pattern.compile("(.+?)\\.nii(\\.gz)?", Pattern.CASE_INSENSITIVE);

    private final Path root;
    private final List<Modality> channels;
    private final String ending;
    private final DataDescription description;

    /** The images of known channels by case, then by modality: more than one is a problem. */
    private final Map<String, Map<Modality, List<Path>>> images = new TreeMap<>();

    private final Map<String, List<Path>> labels = new TreeMap<>();

    private final List<CaseFiles> cases = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private NnUnetCases(
            Path root, List<Modality> channels, String ending, DataDescription description) {
        this.root = root;
        this.channels = channels;
        this.ending = ending;
        this.description = description;
    }

    /** Finds the cases of a folder with a {@code dataset.json}. */
    static Cohort of(Path root, NnUnetJson json, DataDescription description) {
        return new NnUnetCases(root, json.channels(), json.ending(), description).find(json);
    }

    /** Finds the cases of a folder of images alone, whose channels are those of a description. */
    static Cohort ofImages(Path root, DataDescription description) {
        NnUnetCases found = new NnUnetCases(root, description.modalities(), ".nii.gz", description);
        found.sortImages(FolderFiles.of(root));
        found.makeAll(root);
        return found.cohort();
    }

    private Cohort find(NnUnetJson json) {
        boolean training = isThere("imagesTr");
        if (!training && !isThere("imagesTs")) {
            throw new UserInputException(
                    "data folder %s: expected imagesTr or imagesTs in it, got neither"
                            .formatted(root));
        }
        String suffix = training ? "Tr" : "Ts";
        Path folder = root.resolve("images" + suffix);
        sortImages(FolderFiles.of(folder));
        if (isThere("labels" + suffix)) {
            sortLabels(FolderFiles.of(root.resolve("labels" + suffix)), folder);
        }
        makeAll(folder);
        if (training) {
            compareCount(json);
            noteTestCases();
        }
        return cohort();
    }

    private Cohort cohort() {
        return new Cohort(root, cases, problems, skipped, notes);
    }

    private void makeAll(Path folder) {
        for (String name : images.keySet()) {
            try {
                cases.add(make(name, folder));
            } catch (UserInputException e) {
                problems.add(e.getMessage());
            }
        }
    }

    private boolean isThere(String name) {
        // A link that leads nowhere is there: what it stands for must not be taken for absent.
        return Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private void sortImages(FolderFiles folder) {
        List<Path> others = new ArrayList<>();
        List<Path> unknown = new ArrayList<>();
        for (Path file : folder.entries()) {
            Matcher name = IMAGE.matcher(NamedFile.fileName(file));
            if (!name.matches()) {
                others.add(file);
            } else if (Integer.parseInt(name.group(2)) >= channels.size()) {
                unknown.add(file);
            } else {
                String channel = channels.get(Integer.parseInt(name.group(2))).label();
                images.computeIfAbsent(name.group(1), one -> new TreeMap<>())
                        .computeIfAbsent(description.modality(channel), one -> new ArrayList<>())
                        .add(file);
            }
        }
        skipped.addAll(folder.leftOut(others, "expected names like CASE_0000" + ending));
        skipped.addAll(
                folder.leftOut(
                        unknown,
                        "expected the channels of dataset.json, 0000 to %04d"
                                .formatted(channels.size() - 1)));
    }

    private void sortLabels(FolderFiles folder, Path beside) {
        List<Path> others = new ArrayList<>();
        List<Path> lonely = new ArrayList<>();
        for (Path file : folder.entries()) {
            Matcher name = LABEL.matcher(NamedFile.fileName(file));
            if (!name.matches()) {
                others.add(file);
            } else if (!images.containsKey(name.group(1))) {
                lonely.add(file);
            } else {
                labels.computeIfAbsent(name.group(1), one -> new ArrayList<>()).add(file);
            }
        }
        skipped.addAll(folder.leftOut(others, "expected names like CASE" + ending));
        skipped.addAll(folder.leftOut(lonely, "no image of such a case in " + beside));
    }

    private CaseFiles make(String name, Path folder) {
        Map<Modality, Path> found = new TreeMap<>();
        images.get(name)
                .forEach(
                        (modality, files) ->
                                found.put(modality, only(name, modality.label(), files)));
        Optional<Path> segmentation =
                Optional.ofNullable(labels.get(name))
                        .map(files -> only(name, "segmentation", files));
        return new CaseFiles(
                DatasetKind.NNUNET, description.modalities(), name, folder, found, segmentation);
    }

    private static Path only(String name, String what, List<Path> files) {
        Path file = files.get(0);
        if (files.size() > 1) {
            throw new UserInputException(
                    "case %s: expected one %s file, got %s and %s"
                            .formatted(name, what, file, files.get(1)));
        }
        NamedFile.unreadable(file)
                .ifPresent(
                        why -> {
                            throw new UserInputException(
                                    "case %s: %s cannot be opened: %s".formatted(name, file, why));
                        });
        return file;
    }

    private void compareCount(NnUnetJson json) {
        int promised = json.training().orElse(images.size());
        if (promised != images.size()) {
            notes.add(
                    "%s: %s: expected %d, the number of cases in imagesTr, got %d"
                            .formatted(json.file(), NnUnetJson.TRAINING, images.size(), promised));
        }
    }

    private void noteTestCases() {
        if (!isThere("imagesTs")) {
            return;
        }
        try {
            long count =
                    FolderFiles.of(root.resolve("imagesTs")).entries().stream()
                            .map(file -> IMAGE.matcher(NamedFile.fileName(file)))
                            .filter(Matcher::matches)
                            .map(name -> name.group(1))
                            .distinct()
                            .count();
            if (count > 0) {
                notes.add(
                        "%s: %d %s not looked at: those of imagesTr are used"
                                .formatted(
                                        root.resolve("imagesTs"),
                                        count,
                                        count == 1 ? "case is" : "cases are"));
            }
        } catch (UserInputException e) {
            // Nothing of it would be used anyway.
            notes.add(e.getMessage());
        }
    }
}
