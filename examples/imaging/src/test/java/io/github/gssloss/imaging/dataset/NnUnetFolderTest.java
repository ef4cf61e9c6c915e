/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which folders are opened, and which descriptions fit one. */
class NnUnetFolderTest {

    private static final LabelSet LABELS =
            LabelSet.of(List.of("background", "oedema", "scar"), List.of(0, 1, 2));

    @TempDir private Path parent;

    private Path folder;
    private NnUnetExample example;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(parent.resolve("Dataset007_Heart"));
        example = new NnUnetExample(folder);
    }

    private static DataDescription elsewhere(LabelSet labels, String... channels) {
        return new DataDescription(
                DatasetKind.NNUNET,
                "Dataset008_Other",
                Modality.of(List.of(channels)),
                labels,
                List.of(new Region("any", "Any", List.of(1, 2), false)));
    }

    @Test
    void theDescriptionIsNamedAsTheFolder() {
        assertThat(NnUnetFolder.looksLike(folder)).isTrue();
        assertThat(NnUnetFolder.open(folder).description())
                .isEqualTo(
                        new DataDescription(
                                DatasetKind.NNUNET,
                                "Dataset007_Heart",
                                Modality.of(List.of("T1", "T2")),
                                LABELS,
                                List.of(
                                        new Region("oedema", "oedema", List.of(1), false),
                                        new Region("scar", "scar", List.of(2), false))));
    }

    @Test
    void otherFoldersAreRefused() throws IOException {
        assertThat(NnUnetFolder.looksLike(parent)).isFalse();
        NnUnetExample.refuses(
                () -> NnUnetFolder.open(parent),
                "data folder "
                        + parent
                        + ": expected dataset.json, imagesTr and labelsTr of nnU-Net, got no"
                        + " dataset.json");
        Path missing = parent.resolve("missing");
        assertThat(NnUnetFolder.looksLike(missing)).isFalse();
        NnUnetExample.refuses(
                () -> NnUnetFolder.open(missing), "data folder " + missing + ": no such folder");
        Path file = Files.createFile(parent.resolve("file"));
        assertThat(NnUnetFolder.looksLike(file)).isFalse();
        NnUnetExample.refuses(
                () -> NnUnetFolder.open(file), "data folder " + file + ": no such folder");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links are for administrators there")
    void aLinkThatLeadsNowhereIsNamed() throws IOException {
        Files.delete(example.file());
        Files.createSymbolicLink(example.file(), Path.of("nowhere"));
        assertThat(NnUnetFolder.looksLike(folder)).isTrue();
        NnUnetExample.refuses(
                () -> NnUnetFolder.open(folder),
                example.file() + ": cannot be opened: a link to nowhere, which cannot be reached");
    }

    @Test
    void theCasesOfACohortAreFoundByTheDescription() throws IOException {
        example.files("imagesTr", "A_0000.nii.gz", "A_0001.nii.gz").files("labelsTr", "A.nii.gz");
        DataDescription own = NnUnetFolder.open(folder).description();

        assertThat(Cohort.find(folder, own)).isEqualTo(example.cohort());
        assertThat(Cohort.find(folder, own).requireAll(false).cases()).hasSize(1);
        assertThat(example.cohort().notes()).isEmpty();
        assertThat(Cohort.find(folder, elsewhere(LABELS, "T1", "T2"))).isEqualTo(example.cohort());
    }

    @Test
    void channelsAreMatchedByTheirNames() throws IOException {
        example.files("imagesTr", "A_0000.nii.gz");
        DataDescription other = elsewhere(LABELS, "T2", "T1");
        Cohort cohort = Cohort.find(folder, other);

        CaseFiles files = cohort.cases().get(0);
        assertThat(files.modalities()).isEqualTo(other.modalities());
        assertThat(files.images()).containsOnlyKeys(other.modality("T1"));
        assertThat(files.images().get(other.modality("T1")))
                .isEqualTo(example.path("imagesTr/A_0000.nii.gz"));
        assertThat(cohort.notes())
                .containsExactly(
                        example.file()
                                + ": channel_names: in the order [T1, T2], in Dataset008_Other"
                                + " [T2, T1]: files are matched by the channel's name");
    }

    @Test
    void otherChannelsAreRefused() {
        NnUnetExample.refuses(
                () -> Cohort.find(folder, elsewhere(LABELS, "T1", "LGE", "T2")),
                example.file()
                        + ": channel_names: expected [T1, LGE, T2] as in Dataset008_Other, got"
                        + " [T1, T2]");
        NnUnetExample.refuses(
                () -> Cohort.find(folder, elsewhere(LABELS, "T2")),
                example.file()
                        + ": channel_names: expected [T2] as in Dataset008_Other, got [T1, T2]");
    }

    @Test
    void otherLabelsAreRefused() {
        refusesLabels(
                LabelSet.of(List.of("background", "oedema", "scar"), List.of(0, 1, 4)),
                "background 0, oedema 1, scar 4");
        refusesLabels(
                LabelSet.of(List.of("background", "oedema", "rim"), List.of(0, 1, 2)),
                "background 0, oedema 1, rim 2");
        refusesLabels(
                LabelSet.of(LABELS.classNames(), List.of(0, 2, 1)),
                "background 0, scar 1, oedema 2");
        refusesLabels(
                new LabelSet(LABELS.classNames(), LABELS.fileLabels(), OptionalInt.of(3)),
                "background 0, oedema 1, scar 2, ignore 3");
    }

    private void refusesLabels(LabelSet labels, String expected) {
        NnUnetExample.refuses(
                () -> Cohort.find(folder, elsewhere(labels, "T1", "T2")),
                "%s: labels: expected %s as in Dataset008_Other, got background 0, oedema 1, scar 2"
                        .formatted(example.file(), expected));
    }

    /** The order of the classes is that of the description; the files have numbers. */
    @Test
    void classesMayBeInAnotherOrder() throws IOException {
        example.files("imagesTr", "A_0000.nii.gz");
        LabelSet labels = LabelSet.of(List.of("background", "scar", "oedema"), List.of(0, 2, 1));
        assertThat(Cohort.find(folder, elsewhere(labels, "T1", "T2")).cases()).hasSize(1);
    }

    @Test
    void readsRealFolders() {
        String myops = System.getProperty("gss.myops", "");
        assumeTrue(!myops.isBlank(), "no folder of MyoPS cases given: -Dgss.myops=FOLDER");
        Path training = Path.of(myops, "Dataset901_MyoPS");
        Path test = Path.of(myops, "Dataset902_MyoPStest");
        DataDescription description = NnUnetFolder.open(training).description();

        assertThat(description.modalities()).isEqualTo(Modality.of(List.of("C0", "LGE", "T2")));
        assertThat(description.labels().classes()).isEqualTo(6);
        assertThat(description.regions()).hasSize(5);
        List<CaseFiles> cases = Cohort.find(training, description).requireAll(false).cases();
        assertThat(cases).hasSize(12).allSatisfy(CaseFiles::requireComplete);
        assertThat(Cohort.find(training, description).notes()).isEmpty();
        assertThat(Cohort.find(test, description).requireAll(false).cases())
                .hasSize(5)
                .allSatisfy(CaseFiles::requireComplete);
    }
}
