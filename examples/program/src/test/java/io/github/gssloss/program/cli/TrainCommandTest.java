/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.config.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private String data;
    private String out;
    private String config;

    @BeforeEach
    void files() throws IOException {
        data = Files.createDirectory(folder.resolve("cases")).toString();
        out = folder.resolve("run-a").toString();
        config = folder.resolve("settings.yaml").toString();
        Files.writeString(Path.of(config), "epochs: 7\nmodel:\n  width: 8\n");
    }

    @Test
    void withoutSettingsTheDefaultsAreTrained() {
        assertThat(settings()).isEqualTo(RunSettings.defaults());
    }

    @Test
    void whatIsHiddenHasShortOptions() {
        assertThat(settings("--missing-rate", "flair=0.2,t1=0.5", "--missing.seed=3"))
                .isEqualTo(
                        RunSettings.of(
                                Map.of("missing.rate", "flair=0.2,t1=0.5", "missing.seed", "3")));
        assertThat(settings("--missing", "scheme.csv"))
                .isEqualTo(RunSettings.of(Map.of("missing.scheme", "scheme.csv")));
    }

    @Test
    void optionsReplaceTheFile() {
        assertThat(
                        settings(
                                "--config",
                                config,
                                "--epochs=3",
                                "--loss.beta",
                                "0.5",
                                "--set",
                                "loss.alpha=1",
                                "--set",
                                "crop=[16, 24, 32]",
                                "--seed=-4",
                                "--threads=3"))
                .isEqualTo(
                        RunSettings.of(
                                Map.of(
                                        "model.width", "8",
                                        "epochs", "3",
                                        "loss.beta", "0.5",
                                        "loss.alpha", "1",
                                        "crop", "16x24x32",
                                        "seed", "-4",
                                        "threads", "3")));
    }

    /** Scripts of earlier versions have it. */
    @Test
    void aFormerNameOfASettingIsAnOptionAsWell() {
        assertThat(settings("--tumourFraction", "0.5"))
                .isEqualTo(RunSettings.of(Map.of("foregroundFraction", "0.5")));
        refuses(
                List.of("--tumourFraction", "0.5", "--foregroundFraction", "0.3"),
                "gss train: foregroundFraction: given twice on the command line");
    }

    @Test
    void theNetworkHasShortWords() {
        assertThat(settings("--model", "mmformer"))
                .isEqualTo(RunSettings.of(Map.of("model.name", "mmformer")));
        String file = folder.resolve("net.pt").toString();
        String layout = "fused: 0; branches: 1, 2, 3, 4";
        assertThat(settings("--model", file, "--layout", layout, "--weights", "start.npz"))
                .isEqualTo(
                        RunSettings.of(
                                Map.of(
                                        "model.name",
                                        "torchscript",
                                        "model.file",
                                        file,
                                        "model.layout",
                                        layout,
                                        "model.weights",
                                        "start.npz")));
        refuses(
                List.of("--model", "rfnet", "--model.name", "rfnet"),
                "gss train: model.name: given twice on the command line");
        refuses(
                List.of("--model", file),
                "gss train: model.layout: expected a value for torchscript, got nothing");
    }

    private RunSettings settings(String... further) {
        List<String> args = new ArrayList<>(List.of("train", "--data", data, "--out", out));
        args.addAll(List.of(further));
        return gss.parsed(TrainCommand.class, args.toArray(String[]::new)).settings();
    }

    @Test
    void helpDescribesEverySettingWithItsDefault() {
        assertThat(gss.run("train", "--help")).isZero();

        String help = gss.out();
        assertThat(help).contains("gss train [--config=FILE] --data=FOLDER --out=RUN");
        assertThat(help).contains("or: gss train --resume=RUN --data=FOLDER");
        for (SettingKey key : SettingKey.all()) {
            // A long list of values is continued in the next line.
            assertThat(help.replaceAll("\\s+", ""))
                    .contains("--" + key.name() + "=" + key.placeholder().replace(" ", ""));
            assertThat(help.replaceAll("\\s+", " ")).contains(key.help() + " (default: ");
        }
        assertThat(help).contains("Steps an epoch (default: 150, robustseg: 300).");
    }

    @Test
    void unknownKeysAreRefusedWhereverTheyStand() {
        refuses(
                List.of("--los.beta=0.5"),
                "gss train: Unknown option: '--los.beta=0.5'",
                "Did you mean --loss.beta?",
                "Try 'gss train --help'.");
        refuses(
                List.of("--set", "los.beta=0.5"),
                "gss train: unknown key 'los.beta', did you mean 'loss.beta'?");
    }

    @Test
    void valuesThatDoNotFitAreRefusedInOneLine() throws IOException {
        refuses(
                List.of("--crop", "81"),
                "gss train: crop: expected a multiple of 8 of at least 16, got 81");
        refuses(
                List.of("--epochs=3", "--set", "epochs=4"),
                "gss train: epochs: given twice on the command line");
        refuses(
                List.of("--epochs=3", "--epochs=4"),
                "gss train: epochs: given twice on the command line");
        Files.writeString(Path.of(config), "\nbatch: none\n");
        refuses(
                List.of("--config", config),
                "gss train: " + config + ":2: batch: expected a whole number, got 'none'");
        refuses(List.of("--config", "no.yaml"), "gss train: no.yaml: no such file");
    }

    @Test
    void theDataHasToBeAFolder() {
        assertThat(gss.run("train", "--data", config, "--out", out)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss train: --data " + config + ": expected a folder, got a file");
        assertThat(gss.run("train", "--data", "no-such", "--out", out)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss train: --data no-such: expected a folder, got nothing there");
    }

    @Test
    void aFolderWithARunIsNotOverwritten() throws IOException {
        Files.createDirectories(Path.of(out));
        Files.writeString(Path.of(out, "settings.yaml"), "");
        refuses(
                List.of(),
                "gss train: "
                        + out
                        + ": already holds a run; go on with it by --resume "
                        + out
                        + ", or choose another folder");
    }

    @Test
    void whatIsRequiredIsAskedFor() {
        assertThat(gss.run("train", "--out", out)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss train: Missing required option: '--data=FOLDER'",
                        "Try 'gss train --help'.");
        assertThat(gss.run("train", "--data", data)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss train: Missing required option: '--out=RUN' (or --resume=RUN)",
                        "Try 'gss train --help'.");
    }

    private void refuses(List<String> further, String... lines) {
        List<String> args = new ArrayList<>(List.of("train", "--data", data, "--out", out));
        args.addAll(further);
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly(lines);
        assertThat(gss.out()).isEmpty();
    }
}
