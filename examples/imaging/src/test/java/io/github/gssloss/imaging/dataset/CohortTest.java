/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is in a data folder beside well-named cases; each kind of it has a test. */
class CohortTest {

    private static final List<String> ALL = List.of("_flair", "_t1ce", "_t1", "_t2", "_seg");

    @TempDir private Path folder;

    private Path make(String name) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        for (String ending : ALL) {
            Files.createFile(made.resolve(made.getFileName() + ending + ".nii.gz"));
        }
        return made;
    }

    private Cohort found() {
        return Cohort.find(folder);
    }

    private static List<String> names(Cohort cohort) {
        return cohort.cases().stream().map(CaseFiles::name).toList();
    }

    /** Inputs upper, upperext, onecapital and uppercase2. */
    @Test
    void namesMatchWithoutRegardToCase() throws IOException {
        Path made = Files.createDirectory(folder.resolve("sub-02"));
        for (String name : List.of("_FLAIR.NII.GZ", "_T1CE.nii.gz", "_T1.NII", "-T2W.nii.gz")) {
            Files.createFile(made.resolve("sub-02" + name));
        }
        Files.createFile(made.resolve("SUB-02_Seg.nii.gz"));

        Cohort cohort = found();

        assertThat(cohort.cases()).hasSize(1);
        CaseFiles files = cohort.cases().get(0).requireComplete();
        assertThat(files.images())
                .containsEntry(Brats.FLAIR, made.resolve("sub-02_FLAIR.NII.GZ"))
                .containsEntry(Brats.T2, made.resolve("sub-02-T2W.nii.gz"));
        assertThat(cohort.requireAll(false)).isSameAs(cohort);
    }

    @Test
    void aCaseNeedNotBeNamedAsItsFolder() throws IOException {
        Files.move(make("PatientA"), folder.resolve("0001"));
        CaseFiles files = found().cases().get(0);
        assertThat(files.requireComplete().name()).isEqualTo("0001");

        Files.delete(files.images().get(Brats.T1));
        refuses(
                () -> found().cases().get(0).requireComplete(),
                "case 0001: no t1 file, expected PatientA_t1.nii.gz in " + files.folder());
    }

    /** Input pair. */
    @Test
    void pairsOfHeaderAndImageAreNamed() throws IOException {
        Path made = Files.createDirectory(folder.resolve("pair"));
        for (String name : List.of("pair_flair.hdr", "pair_flair.img", "pair_t1.hdr", "t2.IMG")) {
            Files.createFile(made.resolve(name));
        }
        String line =
                made
                        + ": left out pair_flair.hdr, pair_flair.img, pair_t1.hdr and 1 more: pairs"
                        + " of .hdr and .img, expected single files .nii or .nii.gz";

        assertThat(found().skipped()).containsExactly(line);
        refuses(
                () -> found().requireCases(),
                "data folder "
                        + folder
                        + ": no case in it, expected files like <case>/<case>_flair.nii.gz or"
                        + " <case>/<case>-t2f.nii.gz, or dataset.json, imagesTr and labelsTr"
                        + " of nnU-Net; found "
                        + line);
    }

    @Test
    void foldersWithFilesThatAreNoCaseAreNamed() throws IOException {
        make("a");
        Path other = Files.createDirectories(folder.resolve("b"));
        Files.createFile(other.resolve("scan.nii"));
        Path mask = Files.createFile(folder.resolve("a").resolve("mask.nii.gz"));
        Path deep = make("x/y/z");
        Cohort cohort = found();

        assertThat(names(cohort)).containsExactly("a");
        assertThat(cohort.skipped())
                .containsExactly(
                        mask.getParent()
                                + ": left out mask.nii.gz: expected names like a_flair.nii.gz or"
                                + " a-t2f.nii.gz",
                        other
                                + ": left out scan.nii: expected names like b_flair.nii.gz or"
                                + " b-t2f.nii.gz",
                        deep
                                + ": left out z_flair.nii.gz, z_seg.nii.gz, z_t1.nii.gz and 2 more:"
                                + " nested too deep, expected cases at most 2 levels below "
                                + folder);
        refuses(
                () -> cohort.requireAll(false),
                cohort.skipped().get(0)
                        + "; and 2 more, see gss check; --skip-unknown goes on without");
        assertThat(cohort.requireAll(true)).isSameAs(cohort);
        refuses(
                () -> CaseFiles.find(folder),
                cohort.skipped().get(0)
                        + "; and 2 more, see gss check; --skip-unknown goes on without");
    }

    /** Input segm355, as case 355 of BraTS 2020. */
    @Test
    void theLikelySegmentationIsNamed() throws IOException {
        Path made = make("BraTS20_Training_355");
        Files.move(
                made.resolve("BraTS20_Training_355_seg.nii.gz"),
                made.resolve("W39_1998.09.19_Segm.nii"));

        assertThat(found().skipped())
                .containsExactly(
                        made
                                + ": left out W39_1998.09.19_Segm.nii: expected names like"
                                + " BraTS20_Training_355_flair.nii.gz or"
                                + " BraTS20_Training_355-t2f.nii.gz; W39_1998.09.19_Segm.nii is"
                                + " likely the segmentation: rename it to"
                                + " BraTS20_Training_355_seg.nii");

        Files.createFile(made.resolve("other_Segm.nii"));
        assertThat(found().skipped().get(0)).doesNotContain("likely");
    }

    /** Input mixed. */
    @Test
    void twoPatientsInAFolderAreRefused() throws IOException {
        make("b");
        Path made = make("PatientA");
        Files.move(made.resolve("PatientA_t2.nii.gz"), made.resolve("PatientB_t2.nii.gz"));
        Cohort cohort = found();

        assertThat(names(cohort)).containsExactly("b");
        String line =
                "case PatientA: expected files whose names begin alike, got PatientA_flair.nii.gz"
                        + " and PatientB_t2.nii.gz in "
                        + made;
        assertThat(cohort.problems()).containsExactly(line);
        refuses(() -> cohort.requireAll(true), line);
    }

    /** Input dangling. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links are for administrators there")
    void aFileThatCannotBeOpenedIsNoMissingModality() throws IOException {
        Path made = make("dangling");
        Path flair = made.resolve("dangling_flair.nii.gz");
        Files.delete(flair);
        Files.createSymbolicLink(flair, Path.of("/mnt/not/mounted.nii.gz"));
        Path whole = Files.createSymbolicLink(folder.resolve("moved"), Path.of("nowhere"));
        Cohort cohort = found();

        assertThat(cohort.cases()).isEmpty();
        assertThat(cohort.problems())
                .containsExactly(
                        "case dangling: "
                                + flair
                                + " cannot be opened: a link to /mnt/not/mounted.nii.gz, which"
                                + " cannot be reached");
        assertThat(cohort.skipped())
                .containsExactly(whole + ": left out: a link to nowhere, which cannot be reached");
    }

    /** Input lostfound. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no POSIX permissions")
    void whatMayNotBeReadIsNamed() throws IOException {
        Path made = make("a");
        Path other = make("b");
        Path lost = Files.createDirectory(folder.resolve("lost+found"));
        Path t1 = made.resolve("a_t1.nii.gz");
        for (Path one : List.of(t1, other, lost)) {
            Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("---------"));
        }
        try {
            assumeThat(Files.isReadable(t1)).as("root reads all").isFalse();
            Cohort cohort = found();

            assertThat(cohort.cases()).isEmpty();
            assertThat(cohort.problems())
                    .containsExactly("case a: " + t1 + " cannot be opened: no permission");
            assertThat(cohort.skipped())
                    .containsExactly(other + ": left out: cannot be read: no permission");
            assertThat(cohort.notes()).containsExactly(lost + ": cannot be read: no permission");
        } finally {
            for (Path one : List.of(other, lost)) {
                Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** Inputs loop and linkedfolder. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links are for administrators there")
    void linksAreFollowedButOnce(@TempDir Path elsewhere) throws IOException {
        Path real = make("real");
        Path away = elsewhere.resolve("away");
        Files.move(make("away"), away);
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), away);
        Path latest = Files.createSymbolicLink(folder.resolve("latest"), Path.of("."));
        Path again = Files.createSymbolicLink(folder.resolve("again"), real);
        Cohort cohort = found();

        assertThat(names(cohort)).containsExactly("linked", "real");
        assertThat(cohort.cases().get(0).folder()).isEqualTo(linked);
        assertThat(cohort.skipped())
                .containsExactly(
                        again
                                + ": left out: a link to "
                                + real
                                + ", which is looked through anyway",
                        latest
                                + ": left out: a link to "
                                + folder
                                + ", which is looked through anyway");
    }

    /** Input hidden. */
    @Test
    void hiddenFoldersAreSkippedLikeHiddenFiles() throws IOException {
        make("case1");
        make(".Trash/deleted");
        assertThat(names(found())).containsExactly("case1");
        assertThat(found().skipped()).isEmpty();
        assertThat(names(Cohort.find(folder.resolve(".Trash")))).containsExactly("deleted");
    }

    /** Inputs kaggle and segdir. */
    @Test
    void foldersNamedLikeFilesAreNamed() throws IOException {
        make("a");
        Path flair = Files.createDirectories(folder.resolve("b").resolve("b_flair.nii"));
        Files.createFile(flair.resolve("b_flair.nii"));
        Files.createDirectory(folder.resolve("a").resolve("old_seg.nii.gz"));

        assertThat(names(found())).containsExactly("a");
        assertThat(found().skipped())
                .containsExactly(
                        flair
                                + ": left out b_flair.nii: a folder that is named like a file,"
                                + " expected the file in its place");
    }

    /** Input umlaut: what this locale cannot say is refused, see StartScriptTest for the others. */
    @Test
    void namesBeyondAsciiAreReadWhereTheLocaleHasThem() throws IOException {
        assumeThat(System.getProperty("sun.jnu.encoding")).isEqualTo("UTF-8");
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
        make("M\u00fcller \u5f20");
        assertThat(names(found())).containsExactly("M\u00fcller \u5f20");
    }

    private static void refuses(Runnable act, String message) {
        assertThatThrownBy(act::run).isInstanceOf(UserInputException.class).hasMessage(message);
    }
}
