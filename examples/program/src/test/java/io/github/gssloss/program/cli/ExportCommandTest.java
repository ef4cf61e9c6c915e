/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private String run;
    private String model;

    @BeforeEach
    void aRun() throws IOException {
        run = TinyRun.create(folder.resolve("run"), 1, Map.of()).path().toString();
        model = folder.resolve("model.zip").toString();
    }

    @Test
    void theCommandsTakeWhatItWrites() throws IOException {
        PhantomCohort.write(
                folder.resolve("data"),
                1,
                PhantomSettings.ofSeed(5).withShape(32, 32, 32),
                done -> {});
        String data = folder.resolve("data").toString();
        assertThat(gss.run("export", run, model)).isZero();
        List<String> lines = gss.out().lines().toList();
        assertThat(lines.get(0)).startsWith("weights of run: epoch-00001.npz, after step ");
        assertThat(lines.subList(1, 3))
                .containsExactly(
                        "no measures: no evaluation of these weights in the run; --evaluated names"
                                + " one",
                        "no licence: the card says so; --licence gives one");
        assertThat(lines.get(3)).startsWith("Model in " + model + ", ");

        String out = folder.resolve("evaluated").toString();
        assertThat(
                        gss.run(
                                "evaluate",
                                "--run",
                                model,
                                "--data",
                                data,
                                "--subsets",
                                "all",
                                "--out",
                                out))
                .isZero();
        assertThat(gss.out()).contains("weights of model: epoch-00001.npz, after step ");
        assertThat(folder.resolve("evaluated/report.html"))
                .content()
                .contains(model + ", is an exported model:");
        assertThat(gss.run("export", run, model, "--evaluated", out, "--overwrite")).isZero();
        assertThat(gss.out())
                .contains(
                        "measures from "
                                + out
                                + ", of 1 case; it is not known whether the network was trained"
                                + " on some\n");
        assertThat(
                        gss.run(
                                "predict",
                                "--run",
                                model,
                                "--data",
                                data,
                                "--out",
                                folder.resolve("predicted").toString()))
                .isZero();
        assertThat(folder.resolve("predicted/Phantom-0001.nii.gz")).isNotEmptyFile();
    }

    @Test
    void saysInOneLineWhatCannotBe() throws IOException {
        refuses("RUN none: expected a folder, got nothing there", "none", model);
        refuses(
                folder + ": expected the folder of a run, found no settings.yaml in it",
                folder.toString(),
                model);
        refuses("model.gss: expected a name ending .zip for the model", run, "model.gss");
        refuses(
                "--licence: expected its name, such as CC-BY-4.0, got nothing",
                run,
                model,
                "--licence",
                " ");
        refuses(
                "--evaluated no: expected a folder, got nothing there",
                run,
                model,
                "--evaluated",
                "no");
        String file = Files.writeString(folder.resolve("x.zip"), "x").toString();
        assertThat(gss.run("predict", "--run", file, "--data", run, "--out", "o")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss predict: "
                                + file
                                + ": expected the folder of a run or a model that gss export has"
                                + " written, got a file that is no whole zip archive: zip END"
                                + " header not found");
    }

    private void refuses(String message, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "export";
        System.arraycopy(args, 0, all, 1, args.length);
        assertThat(gss.run(all)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss export: " + message);
        assertThat(Path.of(model)).doesNotExist();
    }
}
