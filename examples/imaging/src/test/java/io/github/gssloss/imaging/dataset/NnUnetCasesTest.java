/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is in the folders of images and labels; each kind of it has a test. */
class NnUnetCasesTest {

    private static final List<Modality> MODALITIES = Modality.of(List.of("T1", "T2"));
    private static final Modality T1 = MODALITIES.get(0);
    private static final Modality T2 = MODALITIES.get(1);

    @TempDir private Path folder;

    private NnUnetExample example;

    @BeforeEach
    void make() {
        example = new NnUnetExample(folder).without("numTraining");
    }

    private static List<String> names(Cohort cohort) {
        return cohort.cases().stream().map(CaseFiles::name).toList();
    }

    private Path image(String name) {
        return example.path("imagesTr").resolve(name);
    }

    @Test
    void filesThatAreNotThereAreMissing() throws IOException {
        example.files("imagesTr", "b_0001.nii.gz", "a_b_0000.nii.gz", "a_b_0001.nii.gz")
                .files("labelsTr", "a_b.nii.gz");
        Cohort cohort = example.cohort();

        assertThat(cohort.folder()).isEqualTo(folder);
        assertThat(cohort.cases())
                .containsExactly(
                        new CaseFiles(
                                DatasetKind.NNUNET,
                                MODALITIES,
                                "a_b",
                                folder.resolve("imagesTr"),
                                Map.of(
                                        T1, image("a_b_0000.nii.gz"),
                                        T2, image("a_b_0001.nii.gz")),
                                Optional.of(folder.resolve("labelsTr/a_b.nii.gz"))),
                        new CaseFiles(
                                DatasetKind.NNUNET,
                                MODALITIES,
                                "b",
                                folder.resolve("imagesTr"),
                                Map.of(T2, image("b_0001.nii.gz")),
                                Optional.empty()));
        assertThat(cohort.requireAll(false)).isSameAs(cohort);
        assertThat(cohort.notes()).isEmpty();
    }

    @Test
    void bothEndingsAreTaken() throws IOException {
        example.files("imagesTr", "a_0000.nii", "a_0001.NII.GZ").files("labelsTr", "a.nii");
        CaseFiles files = example.cohort().requireAll(false).cases().get(0).requireComplete();

        assertThat(files.images()).containsEntry(T1, image("a_0000.nii"));
        assertThat(files.images()).containsEntry(T2, image("a_0001.NII.GZ"));
        example.with("file_ending", "'.nii'");
        assertThat(example.cohort().cases()).containsExactly(files);
    }

    @Test
    void twoFilesForOneThingAreAProblem() throws IOException {
        example.files("imagesTr", "a_0000.nii", "a_0000.nii.gz", "b_0000.nii.gz", "c_0001.nii")
                .files("labelsTr", "b.nii", "b.nii.gz", "a.nii");
        Cohort cohort = example.cohort();

        assertThat(names(cohort)).containsExactly("c");
        assertThat(cohort.problems())
                .containsExactly(
                        "case a: expected one T1 file, got %s and %s"
                                .formatted(image("a_0000.nii"), image("a_0000.nii.gz")),
                        "case b: expected one segmentation file, got %s and %s"
                                .formatted(
                                        folder.resolve("labelsTr/b.nii"),
                                        folder.resolve("labelsTr/b.nii.gz")));
        assertThat(cohort.skipped()).isEmpty();
    }

    @Test
    void whatBelongsToNoCaseIsNamed() throws IOException {
        example.files(
                        "imagesTr",
                        "a_0000.nii.gz",
                        "a_000.nii.gz",
                        "b_0000.png",
                        "c_0002.nii",
                        "_0000.nii",
                        "x.txt",
                        ".hidden.nii",
                        "._a_0000.nii.gz")
                .files("imagesTr/old")
                .files("labelsTr", "a.nii.gz", "a.json", "c.nii.gz", "d.nii", ".d.nii");
        Cohort cohort = example.cohort();

        assertThat(names(cohort)).containsExactly("a");
        assertThat(cohort.problems()).isEmpty();
        assertThat(cohort.skipped())
                .containsExactly(
                        image("")
                                + ": left out _0000.nii, a_000.nii.gz, b_0000.png and 2 more:"
                                + " expected names like CASE_0000.nii.gz",
                        image("")
                                + ": left out c_0002.nii: expected the channels of dataset.json,"
                                + " 0000 to 0001",
                        folder.resolve("labelsTr")
                                + ": left out a.json: expected names like CASE.nii.gz",
                        folder.resolve("labelsTr")
                                + ": left out c.nii.gz, d.nii: no image of such a case in "
                                + image(""));
    }

    @Test
    void otherNumbersOfCasesAreNoted() throws IOException {
        example.with("numTraining", "2")
                .files("imagesTr", "a_0000.nii.gz", "b_0000.nii.gz", "b_0000.nii");
        assertThat(example.cohort().notes()).isEmpty();

        example.with("numTraining", "3");
        assertThat(example.cohort().notes())
                .containsExactly(
                        example.file()
                                + ": numTraining: expected 2, the number of cases in imagesTr, got"
                                + " 3");
    }

    @Test
    void testCasesAreLookedAtWhereThereAreNoOthers() throws IOException {
        example.with("numTraining", "7")
                .files("imagesTs", "a_0000.nii.gz", "a_0001.nii.gz", "b_0000.nii.gz", "x.txt")
                .files("labelsTs", "a.nii.gz")
                .files("labelsTr", "c.nii.gz");
        Cohort alone = example.cohort();

        assertThat(names(alone)).containsExactly("a", "b");
        assertThat(alone.cases().get(0).folder()).isEqualTo(folder.resolve("imagesTs"));
        assertThat(alone.cases().get(0).segmentation())
                .contains(folder.resolve("labelsTs/a.nii.gz"));
        assertThat(alone.notes()).isEmpty();
        assertThat(alone.skipped()).hasSize(1);

        example.without("numTraining").files("imagesTr", "c_0000.nii.gz");
        Cohort both = example.cohort();

        assertThat(names(both)).containsExactly("c");
        assertThat(both.skipped()).isEmpty();
        assertThat(both.notes())
                .containsExactly(
                        folder.resolve("imagesTs")
                                + ": 2 cases are not looked at: those of imagesTr are used");
        Files.delete(folder.resolve("imagesTs/b_0000.nii.gz"));
        assertThat(example.cohort().notes().get(0)).contains(": 1 case is not looked at: ");
    }

    @Test
    void withoutAFolderOfImagesThereIsNothingToFind() throws IOException {
        example.files("labelsTr", "a.nii.gz");
        NnUnetExample.refuses(
                example::cohort,
                "data folder " + folder + ": expected imagesTr or imagesTs in it, got neither");

        example.files("imagesTr");
        assertThat(example.cohort().cases()).isEmpty();
        assertThat(example.cohort().skipped()).hasSize(1);
    }

    @Test
    void filesInThePlaceOfFoldersAreRefused() throws IOException {
        Files.createFile(folder.resolve("imagesTr"));
        NnUnetExample.refuses(
                example::cohort, folder.resolve("imagesTr") + ": expected a folder, got a file");
        Files.delete(folder.resolve("imagesTr"));

        example.files("imagesTr", "a_0000.nii.gz").files("", "imagesTs");
        assertThat(example.cohort().notes())
                .containsExactly(folder.resolve("imagesTs") + ": expected a folder, got a file");
        example.files("", "labelsTr");
        NnUnetExample.refuses(
                example::cohort, folder.resolve("labelsTr") + ": expected a folder, got a file");
    }

    @Test
    void foldersInThePlaceOfFilesAreAProblem() throws IOException {
        example.files("imagesTr/a_0000.nii.gz");
        assertThat(example.cohort().problems())
                .containsExactly(
                        "case a: "
                                + image("a_0000.nii.gz")
                                + " cannot be opened: it is not a file");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links are for administrators there")
    void linksAreFollowed(@TempDir Path elsewhere) throws IOException {
        Files.createFile(elsewhere.resolve("scan.nii"));
        example.files("imagesTr", "a_0000.nii.gz", "b_0000.nii.gz").files("labelsTr");
        Files.createSymbolicLink(image("a_0001.nii"), elsewhere.resolve("scan.nii"));
        Files.createSymbolicLink(image("b_0001.nii"), Path.of("nowhere"));
        Cohort cohort = example.cohort();

        assertThat(names(cohort)).containsExactly("a");
        assertThat(cohort.cases().get(0).hasAllImages()).isTrue();
        assertThat(cohort.problems())
                .containsExactly(
                        "case b: "
                                + image("b_0001.nii")
                                + " cannot be opened: a link to nowhere, which cannot be reached");

        Files.delete(folder.resolve("labelsTr"));
        Files.createSymbolicLink(folder.resolve("labelsTr"), Path.of("nowhere"));
        NnUnetExample.refuses(
                example::cohort,
                folder.resolve("labelsTr")
                        + ": expected a folder, got a link to nowhere, which cannot be reached");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no POSIX permissions")
    void whatMayNotBeReadIsNamed() throws IOException {
        example.files("imagesTr", "a_0000.nii.gz").files("labelsTr", "a.nii.gz");
        Path labels = folder.resolve("labelsTr");
        for (Path one : List.of(image("a_0000.nii.gz"), labels)) {
            Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("---------"));
        }
        try {
            assumeThat(Files.isReadable(labels)).as("root reads all").isFalse();
            NnUnetExample.refuses(example::cohort, labels + ": cannot be read: no permission");
        } finally {
            Files.setPosixFilePermissions(labels, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(example.cohort().problems())
                .containsExactly(
                        "case a: " + image("a_0000.nii.gz") + " cannot be opened: no permission");
    }
}
