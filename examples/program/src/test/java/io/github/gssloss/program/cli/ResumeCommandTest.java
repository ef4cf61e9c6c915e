/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss train --resume}. */
class ResumeCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private String data;
    private String out;
    private String config;

    @BeforeEach
    void files() throws IOException {
        data = Files.createDirectory(folder.resolve("cases")).toString();
        out = folder.resolve("run-a").toString();
        config = Files.createFile(folder.resolve("settings.yaml")).toString();
    }

    @Test
    void aRunThatGoesOnTakesNoOtherSettings() throws IOException {
        RunFolder.create(Path.of(out), RunSettings.defaults(), Map.of());
        String expected =
                "gss train: --resume "
                        + out
                        + ": expected no other settings than workers and threads, got ";
        Map<String, String> names =
                Map.of(
                        "--epochs=9",
                        "epochs",
                        "--device=gpu",
                        "device",
                        "--set=lr=1",
                        "lr",
                        "--model=mmformer",
                        "model.name",
                        "--config=" + config,
                        "--config",
                        "--out=x",
                        "--out");
        names.forEach(
                (given, name) -> {
                    assertThat(gss.run("train", "--resume", out, "--data", data, given))
                            .isEqualTo(2);
                    assertThat(gss.errLines()).containsExactly(expected + name);
                });
        assertThat(gss.run("train", "--resume", data, "--data", data)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss train: "
                                + data
                                + ": expected the folder of a run, found no settings.yaml in it");
    }
}
