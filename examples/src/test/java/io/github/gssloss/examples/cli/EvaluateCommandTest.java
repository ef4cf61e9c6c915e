/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.data.Modality;
import io.github.gssloss.examples.evaluate.ModalitySubset;
import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    private record Call(
            RunSettings settings,
            Optional<Path> checkpoint,
            List<ModalitySubset> subsets,
            Path data,
            Path out,
            Path cache) {}

    @TempDir private Path folder;
    private final List<Call> calls = new ArrayList<>();
    private final CommandHarness gss =
            new CommandHarness(
                    new EvaluateCommand(
                            (run, checkpoint, subsets, data, out, cache, console) ->
                                    calls.add(
                                            new Call(
                                                    run.settings(),
                                                    checkpoint,
                                                    subsets,
                                                    data,
                                                    out,
                                                    cache))));
    private RunSettings settings;
    private String run;
    private String data;

    @BeforeEach
    void files() throws IOException {
        settings = RunSettings.of(Map.of("epochs", "3"));
        run = RunFolder.create(folder.resolve("run-a"), settings, Map.of()).path().toString();
        data = Files.createDirectory(folder.resolve("cases")).toString();
    }

    @Test
    void handsOverTheRunAndTheCheckpoint() throws IOException {
        Path weights = Files.createFile(folder.resolve("weights.params"));

        assertThat(gss.run("evaluate", "--run", run, "--data", data, "--out", "judged")).isZero();
        assertThat(
                        gss.run(
                                "evaluate",
                                "--run",
                                run,
                                "--data",
                                data,
                                "--out",
                                "judged",
                                "--checkpoint",
                                weights.toString(),
                                "--cache",
                                "prepared",
                                "--subsets",
                                "all,t1ce+flair"))
                .isZero();

        assertThat(gss.errLines()).isEmpty();
        assertThat(calls)
                .containsExactly(
                        new Call(
                                settings,
                                Optional.empty(),
                                ModalitySubset.ALL_AND_SINGLES,
                                Path.of(data),
                                Path.of("judged"),
                                Path.of("judged", "cache")),
                        new Call(
                                settings,
                                Optional.of(weights),
                                List.of(
                                        ModalitySubset.ALL,
                                        ModalitySubset.of(Modality.FLAIR, Modality.T1CE)),
                                Path.of(data),
                                Path.of("judged"),
                                Path.of("prepared")));
    }

    @Test
    void refusesWhatIsNoRunNoCheckpointNoData() {
        refuses(
                List.of("--run", run, "--data", data, "--subsets", "pd"),
                "subset: expected all, or some of flair, t1ce, t1, t2 joined by +, got pd");
        refuses(
                List.of("--run", data, "--data", data),
                data + ": expected the folder of a run, found no settings.yaml in it");
        refuses(
                List.of("--run", run, "--data", data, "--checkpoint", "no.params"),
                "--checkpoint no.params: expected a file, got nothing there");
        refuses(
                List.of("--run", run, "--data", data, "--checkpoint", data),
                "--checkpoint " + data + ": expected a file, got a folder");
        refuses(
                List.of("--run", run, "--data", "none"),
                "--data none: expected a folder, got nothing there");
    }

    private void refuses(List<String> options, String line) {
        List<String> args = new ArrayList<>(List.of("evaluate", "--out", "judged"));
        args.addAll(options);
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss evaluate: " + line);
        assertThat(calls).isEmpty();
    }
}
