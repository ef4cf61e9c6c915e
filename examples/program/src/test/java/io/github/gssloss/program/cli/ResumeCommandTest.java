/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gss train --resume}. */
class ResumeCommandTest {

    @TempDir private Path folder;
    private final List<List<String>> resumed = new ArrayList<>();
    private final CommandHarness gss =
            new CommandHarness(
                    new TrainCommand(
                            (settings, data, out, cache, console) -> {
                                throw new AssertionError("a new run was trained");
                            },
                            (run, data, cache, console) -> {
                                resumed.add(
                                        List.of(
                                                run.path().toString(),
                                                run.settings().workers() + " workers",
                                                data.toString(),
                                                cache.toString()));
                                console.out().println("resumed");
                            }));
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
    void aRunGoesOnWithItsOwnSettings() throws IOException {
        RunSettings settings = RunSettings.of(Map.of("epochs", "5", "workers", "2"));
        RunFolder.create(Path.of(out), settings, Map.of());
        assertThat(gss.run("train", "--resume", out, "--data", data)).isZero();
        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out()).isEqualTo("resumed" + System.lineSeparator());
        String shared = folder.resolve("shared").toString();
        assertThat(
                        gss.run(
                                "train",
                                "--resume",
                                out,
                                "--data",
                                data,
                                "--cache",
                                shared,
                                "--workers=4"))
                .isZero();

        assertThat(resumed)
                .containsExactly(
                        List.of(out, "2 workers", data, Path.of(out, "cache").toString()),
                        List.of(out, "4 workers", data, shared));
    }

    @Test
    void aRunThatGoesOnTakesNoOtherSettings() throws IOException {
        RunFolder.create(Path.of(out), RunSettings.defaults(), Map.of());
        String expected =
                "gss train: --resume "
                        + out
                        + ": expected no other setting than workers, which changes no result, got ";
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
        assertThat(resumed).isEmpty();
    }
}
