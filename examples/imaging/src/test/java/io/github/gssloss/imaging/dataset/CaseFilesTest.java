/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseFilesTest {

    private static final List<String> OLD = List.of("_flair", "_t1ce", "_t1", "_t2", "_seg");
    private static final List<String> NEW = List.of("-t2f", "-t1c", "-t1n", "-t2w", "-seg");

    @TempDir private Path folder;

    private Path make(String name, List<String> endings, String extension) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        for (String ending : endings) {
            Files.createFile(made.resolve(made.getFileName() + ending + extension));
        }
        return made;
    }

    private static void refuses(Runnable act, String message) {
        assertThatThrownBy(act::run).isInstanceOf(UserInputException.class).hasMessage(message);
    }

    @Test
    void findsTheNamesOfAllYearsSortedByCase() throws IOException {
        Path c = make("c", OLD, ".nii.gz");
        Path a = make("a", NEW, ".nii.gz");
        Path b = make("HGG/b", OLD, ".nii");
        Files.createFile(folder.resolve("name_mapping.csv"));
        Files.createFile(a.resolve("._a-t2f.nii.gz"));
        Files.createDirectory(folder.resolve("empty"));
        List<CaseFiles> cases = CaseFiles.find(folder);
        assertThat(cases).extracting(CaseFiles::name).containsExactly("a", "b", "c");
        assertThat(cases).extracting(CaseFiles::folder).containsExactly(a, b, c);
        assertThat(cases).allSatisfy(files -> assertThat(files.requireComplete()).isSameAs(files));
        assertThat(cases.get(0).images())
                .containsEntry(Brats.FLAIR, a.resolve("a-t2f.nii.gz"))
                .containsEntry(Brats.T1CE, a.resolve("a-t1c.nii.gz"))
                .containsEntry(Brats.T1, a.resolve("a-t1n.nii.gz"))
                .containsEntry(Brats.T2, a.resolve("a-t2w.nii.gz"));
        assertThat(cases.get(1).images())
                .containsEntry(Brats.FLAIR, b.resolve("b_flair.nii"))
                .containsEntry(Brats.T1CE, b.resolve("b_t1ce.nii"))
                .containsEntry(Brats.T1, b.resolve("b_t1.nii"))
                .containsEntry(Brats.T2, b.resolve("b_t2.nii"));
        assertThat(cases.get(1).segmentation()).contains(b.resolve("b_seg.nii"));
    }

    @Test
    void takesAFolderThatIsACaseItself() throws IOException {
        Path only = make("only", OLD, ".nii.gz");
        assertThat(CaseFiles.find(only)).extracting(CaseFiles::name).containsExactly("only");
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        Path a = make("a", List.of("_flair", "_t1ce", "_t2", "_seg"), ".nii.gz");
        Path b = make("b", List.of("-t2f", "-t1c", "-t1n", "-t2w"), ".nii.gz");
        List<CaseFiles> cases = CaseFiles.find(folder);
        String noT1 = "case a: no t1 file, expected a_t1.nii.gz in " + a;
        refuses(() -> cases.get(0).requireImages(), noT1);
        refuses(() -> cases.get(0).requireComplete(), noT1);
        assertThat(cases.get(1).requireImages()).isSameAs(cases.get(1));
        refuses(
                () -> cases.get(1).requireComplete(),
                "case b: no segmentation file, expected b-seg.nii.gz in " + b);
        assertThat(cases.get(0).reference()).isEqualTo(a.resolve("a_flair.nii.gz"));
    }

    @Test
    void aCaseCanDoWithLess() throws IOException {
        Path a = make("a", List.of("_flair", "_t2", "_seg"), ".nii.gz");
        Path b = make("b", List.of("-seg"), ".nii.gz");
        List<CaseFiles> cases = CaseFiles.find(folder);
        CaseFiles some = cases.get(0);
        assertThat(some.requireAnyImage()).isSameAs(some);
        assertThat(some.requireSegmentation()).isSameAs(some);
        assertThat(some.requireImages(Set.of(Brats.T2))).isSameAs(some);
        assertThat(some.requireLabelled()).isSameAs(some);
        assertThat(some.modalityText()).isEqualTo("flair+t2");
        assertThat(some.hasAllImages()).isFalse();
        CaseFiles less = some.without(Set.of(Brats.FLAIR, Brats.T1));
        assertThat(less.images()).containsOnlyKeys(Brats.T2);
        assertThat(less.segmentation()).isEqualTo(some.segmentation());
        assertThat(some.without(Set.of())).isEqualTo(some);
        assertThat(cases.get(1).modalityText()).isEqualTo("none");
        assertThat(some.withoutSegmentation().segmentation()).isEmpty();
        assertThat(some.withoutSegmentation().images()).isEqualTo(some.images());
        refuses(
                () -> some.requireImages(Set.of(Brats.T2, Brats.T1)),
                "case a: no t1 file, expected a_t1.nii.gz in " + a);
        refuses(
                () -> some.withoutSegmentation().requireSegmentation(),
                "case a: no segmentation file, expected a_seg.nii.gz in " + a);
        refuses(
                () -> cases.get(1).requireAnyImage(),
                "case b: no modality, expected at least one of flair, t1ce, t1, t2 as"
                        + " b_flair.nii.gz or b-t2f.nii.gz in "
                        + b);
    }

    @Test
    void refusesFoldersWithoutCases() throws IOException {
        Path missing = folder.resolve("missing");
        refuses(() -> CaseFiles.find(missing), "data folder " + missing + ": no such folder");
        Path file = Files.createFile(folder.resolve("file"));
        refuses(() -> CaseFiles.find(file), "data folder " + file + ": no such folder");
        refuses(
                () -> CaseFiles.find(folder),
                "data folder "
                        + folder
                        + ": no case in it, expected files like <case>/<case>_flair.nii.gz or"
                        + " <case>/<case>-t2f.nii.gz, or dataset.json, imagesTr and labelsTr of"
                        + " nnU-Net");
    }

    @Test
    void refusesTwoFilesForOneThing() throws IOException {
        Path a = make("a", OLD, ".nii.gz");
        Path twin = Files.createFile(a.resolve("a-t1n.nii"));
        refuses(
                () -> CaseFiles.find(folder),
                "case a: expected one t1 file, got " + twin + " and " + a.resolve("a_t1.nii.gz"));
    }

    @Test
    void refusesTwoCasesOfOneName() throws IOException {
        Path high = make("HGG/a", OLD, ".nii.gz");
        Path low = make("LGG/a", OLD, ".nii.gz");
        assertThatThrownBy(() -> CaseFiles.find(folder))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith("case a: expected one folder of this name, got ")
                .hasMessageContainingAll(high.toString(), low.toString());
    }
}
