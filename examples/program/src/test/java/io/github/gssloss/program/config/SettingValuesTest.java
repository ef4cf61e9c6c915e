/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings that go with weights which are handed over. */
class SettingValuesTest {

    private static Map<String, String> given(List<String> options) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < options.size(); i += 2) {
            assertThat(options.get(i)).startsWith("--");
            values.put(options.get(i).substring(2), options.get(i + 1));
        }
        assertThat(values).hasSize(options.size() / 2);
        return values;
    }

    @Test
    void whatSaysMostIsAlwaysThere() {
        assertThat(SettingValues.options(RunSettings.defaults()))
                .containsExactly(
                        "--model.width", "16",
                        "--crop", "80",
                        "--batch", "2",
                        "--epochs", "300",
                        "--iterations", "150",
                        "--lr", "2.0E-4",
                        "--seed", "0",
                        "--loss.preset", "paper");
    }

    /** Read again they are the same settings, but for what belongs to one machine or folder. */
    @Test
    void whatDiffersIsThereAndWhatIsLocalIsNot() {
        Map<String, String> own = new HashMap<>();
        own.put("model.name", "mmformer");
        own.put("model.tokenWidth", "64");
        own.put("model.heads", "4");
        own.put("crop", "32");
        own.put("dataset.kind", "brats2015");
        own.put("foreground", "above -500");
        own.put("spacing", "1x1x3");
        own.put("rounds", "2");
        own.put("clipNorm", "1.5");
        own.put("loss.beta", "0.5");
        own.put("loss.ramp.epochs", "4");
        own.put("loss.ramp.temperature", "2");
        RunSettings expected = RunSettings.of(own);
        own.putAll(
                Map.of(
                        "workers", "3",
                        "threads", "2",
                        "device", "gpu",
                        "split.fold", "1",
                        "model.weights", "/home/me/start.npz",
                        "missing.scheme", "/home/me/scheme.txt",
                        "checkpointEvery", "5",
                        "keepCheckpoints", "9",
                        "validateEvery", "7",
                        "decisionsEvery", "3"));
        Map<String, String> values = given(SettingValues.options(RunSettings.of(own)));

        assertThat(values).doesNotContainKeys("workers", "threads", "device", "split.fold");
        assertThat(values.values()).noneMatch(value -> value.contains("/home"));
        values.put("model.name", "mmformer");
        assertThat(RunSettings.of(values)).isEqualTo(expected);
    }

    /** A folder of nnU-Net's raw form describes itself. */
    @Test
    void ofNnUnetTheFolderSaysWhatItIs() {
        RunSettings settings =
                RunSettings.of(
                        Map.of(
                                "dataset.kind", "nnunet",
                                "dataset.name", "hearts",
                                "dataset.modalities", "MR",
                                "dataset.labels", "background: 0; heart: 1"));
        assertThat(given(SettingValues.options(settings)).keySet())
                .noneMatch(key -> key.startsWith("dataset."));
    }
}
