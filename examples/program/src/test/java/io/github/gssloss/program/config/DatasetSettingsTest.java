/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.NnUnetFolder;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.program.NnUnetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A description goes into settings and comes out as it was. */
class DatasetSettingsTest {

    private static final LabelSet LABELS =
            new LabelSet(
                    List.of("background", "liver", "cancer"), List.of(0, 1, 3), OptionalInt.of(7));

    @TempDir private Path folder;

    private static Region region(String name, Integer... classes) {
        return new Region(name, name, List.of(classes), false);
    }

    private static DataDescription described(LabelSet labels, Region... regions) {
        return new DataDescription(
                DatasetKind.NNUNET,
                "Dataset007_Liver",
                Modality.of(List.of("T1 CE", "DWI")),
                labels,
                List.of(regions));
    }

    private static RunSettings settings(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("loss.preset", "none");
        return RunSettings.of(values);
    }

    @Test
    void aDescriptionReadsBackAsItWasWritten() throws IOException {
        for (DataDescription one :
                List.of(
                        Brats.BRATS2020,
                        Brats.BRATS2015,
                        described(LABELS, region("liver", 1), region("cancer", 2)),
                        described(LABELS, region("whole", 1, 2), region("cancer", 2)))) {
            RunSettings written = settings(DatasetSettings.values(one));
            assertThat(written.description()).isEqualTo(one);
            Path file = Files.writeString(folder.resolve("s.yaml"), written.toYaml());
            assertThat(RunSettings.read(file, Map.of()).description()).isEqualTo(one);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.5", "2, 2.0", "1x1x3, 1.0x1.0x3.0", "stored, stored"})
    void aSpacingIsANumberOrText(String given, String read) throws IOException {
        RunSettings settings = settings(Map.of("spacing", given));
        assertThat(settings.spacing()).hasValueSatisfying(one -> assertThat(one).hasToString(read));
        Path file = Files.writeString(folder.resolve("s.yaml"), settings.toYaml());
        assertThat(RunSettings.read(file, Map.of())).isEqualTo(settings);
        assertThat(RunSettings.read(Files.writeString(file, "spacing: " + given), Map.of()))
                .returns(settings.spacing(), RunSettings::spacing);
    }

    @Test
    void whatAFileSaysTheFolderDoesNotChange() throws IOException {
        Path data =
                new NnUnetFixture(2, 3, List.of(4, 4, 2), 5, ".nii", false, false)
                        .write(folder.resolve("data"), 1);
        DataDescription described = NnUnetFolder.open(data).description();
        Path file = folder.resolve("s.yaml");
        for (String text : List.of("epochs: 1", "dataset: {kind: nnunet}")) {
            assertThat(onData(Files.writeString(file, text), data)).isEqualTo(described);
        }
        assertThat(onData(Files.writeString(file, "labels: brats2015"), data))
                .isEqualTo(Brats.BRATS2015);
        DataDescription other =
                new DataDescription(
                        DatasetKind.NNUNET,
                        described.name(),
                        described.modalities(),
                        described.labels(),
                        List.of(region("both", 1, 2)));
        Files.writeString(file, settings(DatasetSettings.values(other)).toYaml());
        assertThat(onData(file, data)).isEqualTo(other);
    }

    private static DataDescription onData(Path file, Path data) {
        return RunSettings.forCases(Optional.of(file), Map.of(), data).description();
    }

    @Test
    void earlierSettingsSayLabels() throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), "labels: brats2015\n");
        assertThat(RunSettings.read(file, Map.of()).description()).isEqualTo(Brats.BRATS2015);
    }

    @Test
    void aTracedNetworkHasABranchForEachModality() {
        assertThatThrownBy(
                        () ->
                                RunSettings.of(
                                        Map.of(
                                                "model.name", "torchscript",
                                                "model.file", "net.pt",
                                                "model.layout", "fused: 0; branches: 1, 2, 3")))
                .isInstanceOf(UserInputException.class)
                .hasMessage("model.layout: expected 4 branches, one for each modality, got 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset.kind=nnunet | dataset.modalities: expected a description such as that of"
                        + " dataset.json, got nothing",
                "dataset.labels=a: 0; b: 1 | dataset.labels: expected nothing for BraTS, got a: 0;"
                        + " b: 1",
                "dataset.ignored=5 | dataset.ignored: expected nothing for BraTS, got 5",
                "dataset.kind=lung | dataset.kind: expected one of brats2020, brats2023, brats2015,"
                        + " nnunet, got 'lung'",
            })
    void whatDoesNotFitIsNamed(String given, String message) {
        String[] sides = given.strip().split("=", 2);
        assertThatThrownBy(() -> settings(Map.of(sides[0], sides[1])))
                .isInstanceOf(UserInputException.class)
                .hasMessage(message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset.modalities | A, A | modalities: expected different names, got 'A' twice",
                "dataset.regions | whole | regions: expected a list such as 'whole: liver, cancer;"
                        + " cancer: cancer', got 'whole'",
                "dataset.regions | x: c | regions: expected classes of [a, b] but the first, got"
                        + " 'c'",
                "dataset.regions | x: a | regions: expected classes of [a, b] but the first, got"
                        + " 'a'",
                "dataset.ignored | 1 | labels: expected a number of its own for what is ignored,"
                        + " got 1",
            })
    void wrongValuesAreNamed(String key, String value, String message) {
        Map<String, String> values = new HashMap<>();
        values.put("dataset.kind", "nnunet");
        values.put("dataset.modalities", "A, B");
        values.put("dataset.labels", "a: 0; b: 1");
        values.put(key.strip(), value.strip());
        assertThatThrownBy(() -> settings(values))
                .isInstanceOf(UserInputException.class)
                .hasMessage("dataset." + message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 0 | expected 2 to 127 classes, background among them, got [a]",
                "a: 0; b: x | expected whole numbers, got 'x'",
                "a: 0; b: 1; c: 1 | expected one name for each number, got b and c for 1",
                "a: 1; b: 2 | expected 0 for a, got 1",
                "a; b | expected a list such as 'background: 0; liver: 1', got 'a; b'",
            })
    void wrongLabelsAreNamed(String labels, String message) {
        Map<String, String> values =
                Map.of(
                        "dataset.kind", "nnunet",
                        "dataset.modalities", "A, B",
                        "dataset.labels", labels.strip());
        assertThatThrownBy(() -> settings(values))
                .isInstanceOf(UserInputException.class)
                .hasMessage("dataset.labels: " + message.strip());
    }
}
