/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.RunFolder;
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

    @TempDir private Path folder;
    private final List<EvaluationRequest> calls = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final CommandHarness gss =
            new CommandHarness(
                    new EvaluateCommand(
                            (request, console) -> {
                                calls.add(request);
                                return problems;
                            }));
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
                                "all,t1ce+flair",
                                "--overlap",
                                "0.25"))
                .isZero();

        assertThat(gss.errLines()).isEmpty();
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).runs()).extracting(RunFolder::settings).containsExactly(settings);
        assertThat(calls.get(0))
                .returns(Optional.empty(), EvaluationRequest::checkpoint)
                .returns(
                        new EvaluationSettings(ModalitySubset.PAPER_ORDER, 0.5),
                        EvaluationRequest::settings)
                .returns(Path.of(data), EvaluationRequest::data)
                .returns(Path.of("judged"), EvaluationRequest::out)
                .returns(Path.of("judged", "cache"), EvaluationRequest::cache);
        assertThat(calls.get(1))
                .returns(Optional.of(weights), EvaluationRequest::checkpoint)
                .returns(
                        new EvaluationSettings(
                                List.of(
                                        ModalitySubset.ALL,
                                        ModalitySubset.of(Modality.FLAIR, Modality.T1CE)),
                                0.25),
                        EvaluationRequest::settings)
                .returns(Path.of("prepared"), EvaluationRequest::cache);
    }

    @Test
    void severalRunsAreJudgedTogether() throws IOException {
        String other = RunFolder.create(folder.resolve("run-b"), settings, Map.of()).path() + "";
        String[] args = {
            "evaluate", "--run", run, "--run", other, "--data", data, "--out", "judged"
        };
        assertThat(gss.run(args)).isZero();
        assertThat(calls.get(0).runs())
                .extracting(RunFolder::name)
                .containsExactly("run-a", "run-b");
    }

    @Test
    void casesThatCouldNotBeJudgedAreToldAndDecideTheExitCode() {
        problems.addAll(List.of("case a: no seg", "case b: no seg"));
        assertThat(gss.run("evaluate", "--run", run, "--data", data, "--out", "judged"))
                .isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss evaluate: case a: no seg", "gss evaluate: case b: no seg");
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

    @Test
    void refusesWhatDoesNotFitTogether() throws IOException {
        String weights = Files.createFile(folder.resolve("weights.npz")).toString();
        refuses(
                List.of("--run", run, "--data", data, "--run", run, "--checkpoint", weights),
                "--checkpoint: expected a single --run beside it, got 2");
        for (String overlap : List.of("1.0", "-0.5", "NaN")) {
            refuses(
                    List.of("--run", run, "--data", data, "--overlap", overlap),
                    "--overlap: expected a number from 0 to below 1, got " + overlap);
        }
    }

    private void refuses(List<String> options, String line) {
        List<String> args = new ArrayList<>(List.of("evaluate", "--out", "judged"));
        args.addAll(options);
        assertThat(gss.run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss evaluate: " + line);
        assertThat(calls).isEmpty();
    }
}
