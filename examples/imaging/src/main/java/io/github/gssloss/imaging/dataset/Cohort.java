/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a folder of cases holds, and what of it is left out.
 *
 * @param folder the folder
 * @param cases the cases by name; they may lack files
 * @param problems a line for each case that cannot be used, whatever for: two files for one
 *     modality, files of two patients, a file that cannot be opened, two folders of one name
 * @param skipped a line for whatever else is left out: NIfTI files that belong to no case, folders
 *     that cannot be read, folders that are reached twice
 * @param notes a line for whatever is odd though nothing is lost
 */
public record Cohort(
        Path folder,
        List<CaseFiles> cases,
        List<String> problems,
        List<String> skipped,
        List<String> notes) {

    /**
     * Keeps copies of the lists.
     *
     * @param folder the folder
     * @param cases the cases by name
     * @param problems a line for each case that cannot be used
     * @param skipped a line for whatever else is left out
     * @param notes a line for whatever is odd though nothing is lost
     */
    public Cohort {
        cases = List.copyOf(cases);
        problems = List.copyOf(problems);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /**
     * Finds the cases of a BraTS folder: every folder at most two levels below it (and itself) that
     * holds a file named {@code PREFIX_flair.nii.gz} (also {@code t1ce}, {@code t1}, {@code t2},
     * {@code seg}) or, as in BraTS 2023, {@code PREFIX-t2f.nii.gz} (also {@code t1c}, {@code t1n},
     * {@code t2w}, {@code seg}), compressed or plain {@code .nii}, in capitals or small letters. A
     * case is named as its folder; its files have one prefix. Links are followed; files and folders
     * whose names begin with a dot are not looked at.
     *
     * @param folder a folder of case folders, or the folder of one case
     * @return the cases, complete or not, and all that is left out
     * @throws UserInputException if the folder is missing or cannot be read, or a name in it cannot
     *     be in the locale of this process
     */
    public static Cohort find(Path folder) {
        return new CaseFinder(folder).find();
    }

    /**
     * Finds the cases of a folder that lies as a description says.
     *
     * @param folder a BraTS folder, or the raw form of nnU-Net, or one with nothing but files
     *     {@code CASE_0000.nii.gz} whose channels are in the order of the description
     * @param description what the cases show
     * @return the cases, complete or not, and all that is left out
     * @throws UserInputException if the folder is missing, cannot be read, or is described
     *     otherwise
     */
    public static Cohort find(Path folder, DataDescription description) {
        return switch (description.kind()) {
            case BRATS -> find(folder);
            case NNUNET ->
                    isOfImages(folder)
                            ? NnUnetCases.ofImages(folder, description)
                            : NnUnetFolder.open(folder).cohort(description);
        };
    }

    /** Whether a folder has images, and nothing that describes them: a subject, or imagesTs. */
    private static boolean isOfImages(Path folder) {
        return Files.isDirectory(folder)
                && !NnUnetFolder.looksLike(folder)
                && FolderFiles.of(folder).entries().stream().anyMatch(NamedFile::isNifti);
    }

    /**
     * Returns this after checking that there is a case, be it one that cannot be used.
     *
     * @return this
     * @throws UserInputException if there is none
     */
    public Cohort requireCases() {
        if (cases.isEmpty() && problems.isEmpty()) {
            String found = skipped.isEmpty() ? "" : "; found " + first(skipped);
            throw new UserInputException(
                    ("data folder %s: no case in it, expected files like "
                                    + "<case>/<case>_flair.nii.gz or <case>/<case>-t2f.nii.gz, or"
                                    + " dataset.json, imagesTr and labelsTr of nnU-Net%s")
                            .formatted(folder, found));
        }
        return this;
    }

    /**
     * Returns this after checking that there are cases, and that nothing is left out.
     *
     * @param skipUnknown whether what belongs to no case may be left out; cases may never
     * @return this
     * @throws UserInputException that names the first that is left out
     */
    public Cohort requireAll(boolean skipUnknown) {
        requireCases();
        if (!problems.isEmpty()) {
            throw new UserInputException(first(problems));
        }
        if (!skipped.isEmpty() && !skipUnknown) {
            throw new UserInputException(first(skipped) + "; --skip-unknown goes on without");
        }
        return this;
    }

    /**
     * Says how many cases lack which modality.
     *
     * @param cases the cases
     * @return for example {@code 12 of 24 cases lack a modality: flair 3, t1 7}; empty where each
     *     has all
     */
    public static Optional<String> gaps(List<CaseFiles> cases) {
        long incomplete = cases.stream().filter(one -> !one.hasAllImages()).count();
        if (incomplete == 0) {
            return Optional.empty();
        }
        List<String> counts = new ArrayList<>();
        List<Modality> modalities = cases.get(0).modalities();
        for (Modality modality : modalities) {
            long without =
                    cases.stream().filter(one -> !one.images().containsKey(modality)).count();
            if (without > 0) {
                counts.add(modality.label() + " " + without);
            }
        }
        return Optional.of(
                "%d of %d %s a modality: %s"
                        .formatted(
                                incomplete,
                                cases.size(),
                                incomplete == 1 ? "cases lacks" : "cases lack",
                                String.join(", ", counts)));
    }

    private static String first(List<String> lines) {
        int more = lines.size() - 1;
        return lines.get(0) + (more == 0 ? "" : "; and %d more, see gss check".formatted(more));
    }
}
