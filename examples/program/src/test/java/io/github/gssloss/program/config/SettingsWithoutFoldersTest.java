/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that are handed over to others. */
class SettingsWithoutFoldersTest {

    @TempDir private Path folder;

    @Test
    void namesOfFilesStayAndFoldersDoNot() throws IOException {
        RunSettings others =
                RunSettings.of(
                                Map.of(
                                        "model.weights", "/home/somebody/start.npz",
                                        "missing.scheme", "C:\\studies\\scheme.csv",
                                        "split.fold", "1",
                                        "split.file", "../lists/splits.json"))
                        .withoutFolders();

        assertThat(others)
                .isEqualTo(
                        RunSettings.of(
                                Map.of(
                                        "model.weights", "start.npz",
                                        "missing.scheme", "scheme.csv",
                                        "split.fold", "1",
                                        "split.file", "splits.json")));
        Path file = Files.writeString(folder.resolve("settings.yaml"), others.toYaml());
        assertThat(RunSettings.read(file, Map.of())).isEqualTo(others);
        assertThat(RunSettings.of(Map.of("validation", "/data/patients/")).withoutFolders())
                .isEqualTo(RunSettings.of(Map.of("validation", "patients")));
        assertThat(RunSettings.defaults().withoutFolders()).isEqualTo(RunSettings.defaults());
    }
}
