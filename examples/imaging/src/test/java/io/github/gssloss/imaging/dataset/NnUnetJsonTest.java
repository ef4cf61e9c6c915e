/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dataset.json} says of channels and files; the labels have a test of their own. */
class NnUnetJsonTest {

    @TempDir private Path folder;

    private NnUnetExample example;

    @BeforeEach
    void make() {
        example = new NnUnetExample(folder);
    }

    @Test
    void readsTheKeys() {
        NnUnetJson json = example.with("description", "null").with("reference", "[{}]").read();

        assertThat(json.file()).isEqualTo(folder.resolve("dataset.json"));
        assertThat(json.channels()).isEqualTo(Modality.of(List.of("T1", "T2")));
        assertThat(json.ending()).isEqualTo(".nii.gz");
        assertThat(json.training()).hasValue(1);
        assertThat(json.labels().classNames()).containsExactly("background", "oedema", "scar");
        assertThat(json.regions()).extracting(Region::label).containsExactly("oedema", "scar");
        assertThat(example.with("file_ending", "'.nii'").read().ending()).isEqualTo(".nii");
    }

    @Test
    void channelsAreInTheOrderOfTheirNumbers() {
        example.with("channel_names", "{'1': 'T2', '2': 'C0', '0': 'T1'}");
        assertThat(example.read().channels()).isEqualTo(Modality.of(List.of("T1", "T2", "C0")));
    }

    @Test
    void channelsAreRefused() {
        example.with("channel_names", "{'0': 'T1', '2': 'T2'}")
                .refuses("channel_names: expected the channel numbers 0 to 1, got 0, 2");
        example.with("channel_names", "{'0': 'T1', 'T2': 1}")
                .refuses("channel_names: expected the channel numbers 0 to 1, got 0, T2");
        example.with("channel_names", "{'00': 'T1'}")
                .refuses("channel_names: expected the channel numbers 0 to 0, got 00");
        example.with("channel_names", "{}")
                .refuses("channel_names: modalities: expected 1 to 10 names, got []");
        example.with("channel_names", "{'0': 'T1', '1': 'T1'}")
                .refuses("channel_names: modalities: expected different names, got 'T1' twice");
        example.with("channel_names", "{'0': 'T1+C'}")
                .refuses(
                        "channel_names: modalities: expected names other than 'all' without + , ="
                                + " ; :, got 'T1+C'");
        example.with("channel_names", "{'0': 1}")
                .refuses("channel_names: 0: expected a text that is not empty, got 1");
        example.with("channel_names", "{'0': ' '}")
                .refuses("channel_names: 0: expected a text that is not empty, got \" \"");
        example.with("channel_names", "['T1', 'T2']")
                .refuses("channel_names: expected an object {...}, got [\"T1\",\"T2\"]");
    }

    /** The first version of nnU-Net has another key, and no ending. */
    @Test
    void theOldKeyOfChannelsIsRead() {
        example.without("channel_names").with("modality", "{'0': 'T1', '1': 'T2'}");
        assertThat(example.read().channels()).isEqualTo(Modality.of(List.of("T1", "T2")));

        assertThat(example.without("file_ending").read().ending()).isEqualTo(".nii.gz");
        example.with("file_ending", "'.png'")
                .refuses("file_ending: expected .nii.gz or .nii, got \".png\"");
    }

    @Test
    void theOldKeyMayNotSayOtherwise() {
        example.with("modality", "{'1': 'T2', '0': 'T1'}");
        assertThat(example.read().channels()).hasSize(2);
        example.with("modality", "{'0': 'T2', '1': 'T1'}")
                .refuses(
                        "channel_names: expected the same as modality,"
                                + " {\"0\":\"T2\",\"1\":\"T1\"}, got {\"0\":\"T1\",\"1\":\"T2\"}");
    }

    @Test
    void missingKeysAreNamed() {
        example.without("labels")
                .refuses("expected the key labels, got channel_names, numTraining, file_ending");
        example.without("file_ending")
                .with("labels", "{'background': 0, 'scar': 1}")
                .refuses("expected the key file_ending, got channel_names, numTraining, labels");
        example.without("channel_names")
                .refuses("expected the key channel_names, got numTraining, labels");
        example.text("{}").refuses("expected the key channel_names, got none");
        example.text("{'channel_names': null}")
                .refuses("channel_names: expected a value, got null");
        example.text("['labels']").refuses("expected an object {...}, got [\"labels\"]");
    }

    @Test
    void otherEndingsAreRefused() {
        example.with("file_ending", "'.png'")
                .refuses("file_ending: expected .nii.gz or .nii, got \".png\"");
        example.with("file_ending", "true")
                .refuses("file_ending: expected a text that is not empty, got true");
    }

    @Test
    void theNumberOfCasesMayBeLeftOut() {
        assertThat(example.without("numTraining").read().training()).isEmpty();
        assertThat(example.with("numTraining", "12.0").read().training()).hasValue(12);
        example.with("numTraining", "1.5").refuses("numTraining: expected a whole number, got 1.5");
        example.with("numTraining", "3000000000")
                .refuses("numTraining: expected a whole number, got 3000000000");
        example.with("numTraining", "'12'")
                .refuses("numTraining: expected a whole number, got \"12\"");
    }

    @Test
    void longValuesAreCut() {
        example.with("channel_names", "'%s'".formatted("x".repeat(100)))
                .refuses(
                        "channel_names: expected an object {...}, got \"" + "x".repeat(79) + "...");
    }
}
