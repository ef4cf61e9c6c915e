/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gssloss.files.FolderLock;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells of {@code gss ablate} in processes of their own, as the program starts them. */
class AblateProcessTest {

    @TempDir private Path folder;
    private Path data;
    private Process started;

    /** Trainings without an end must not outlive a test that fails. */
    @AfterEach
    void end() {
        if (started != null) {
            started.destroyForcibly();
        }
    }

    @BeforeEach
    void phantoms() {
        data = folder.resolve("data");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
    }

    @Test
    void twoAtOnceFromTheCommandLine() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("tiny.yaml"),
                        """
                        name: Tiny
                        subsets: [all]
                        overlap: 0
                        seeds: [1]
                        processes: 2
                        settings: {model.width: 4, crop: 16, batch: 1, epochs: 1, iterations: 2}
                        arms: {base: {loss.preset: none}, gss: {}}
                        """);
        Path out = folder.resolve("out");
        CommandHarness gss = new CommandHarness();

        int exit =
                gss.run(
                        "ablate",
                        file.toString(),
                        "--out=" + out,
                        "--data=" + data,
                        "--evaluate=" + data);

        assertThat(gss.errLines()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.resolve("results.md")).content().contains("2 of 2 cells are finished.");
        assertThat(out.resolve("logs/gss-seed1.log")).content().contains("Training 100 %");
        assertThat(out.resolve("evaluated/gss-seed1/scores.csv")).isNotEmptyFile();
    }

    @Test
    void stoppedCellsSaveFirstAndTheParentWaits() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("endless.yaml"),
                        """
                        name: Endless
                        seeds: [1]
                        processes: 2
                        settings: {model.width: 4, crop: 16, batch: 1, iterations: 1000}
                        arms: {base: {loss.preset: none}, gss: {}}
                        """);
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        List<String> words =
                List.of(
                        "ablate",
                        file.toString(),
                        "--out=" + out,
                        "--data=" + data,
                        "--evaluate=" + data);
        Process ablate = start(Gss.class, log, words);
        assumeTrue(ablate.supportsNormalTermination(), "a process can be asked to stop");
        for (String cell : List.of("base-seed1", "gss-seed1")) {
            waitForSteps(out.resolve("cells").resolve(cell), ablate, log);
        }

        ablate.toHandle().destroy();

        assertThat(ablate.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(ablate.exitValue()).as(Files.readString(log)).isEqualTo(Failures.STOPPED);
        assertThat(log)
                .content()
                .contains(
                        "gss ablate: stopped; what was trained and evaluated is saved, go on with:"
                                + " gss "
                                + String.join(" ", words));
        for (String cell : List.of("base-seed1", "gss-seed1")) {
            RunFolder run = RunFolder.open(out.resolve("cells").resolve(cell));
            assertThat(Checkpoints.last(run).getFileName().toString()).startsWith("step-");
            assertThat(out.resolve("outcomes/" + cell + ".yaml"))
                    .content()
                    .contains("failure: \"\"");
            // The process has ended: nobody holds the run.
            assertThat(FolderLock.holding(run.path(), "is held", () -> "free")).isEqualTo("free");
        }
    }

    @Test
    void aCellEndsWithTheProcessThatStartedIt() throws Exception {
        Map<String, String> endless =
                Map.of("model.width", "4", "crop", "16", "batch", "1", "iterations", "1000");
        Path run = folder.resolve("run");
        Path job =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        name: endless
                        settings:
                          %s
                        data: %s
                        evaluate: %s
                        cache: %s
                        run: %s
                        evaluated: %s
                        outcome: %s
                        log: %s
                        """
                                .formatted(
                                        RunSettings.of(endless).toYaml().replace("\n", "\n  "),
                                        data,
                                        data,
                                        folder.resolve("cache"),
                                        run,
                                        folder.resolve("evaluated"),
                                        folder.resolve("outcome.yaml"),
                                        folder.resolve("log")));
        Path log = folder.resolve("log");
        Process cell = start(CellMain.class, log, List.of(job.toString()));
        waitForSteps(run, cell, log);
        assertThatThrownBy(() -> FolderLock.holding(run, "is trained", () -> "free"))
                .hasMessage(run + ": is trained");

        cell.getOutputStream().close();

        assertThat(cell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(cell.exitValue()).isEqualTo(Failures.STOPPED);
        assertThat(folder.resolve("outcome.yaml")).doesNotExist();
        assertThat(Checkpoints.last(RunFolder.open(run)).getFileName().toString())
                .startsWith("step-");
        assertThat(FolderLock.holding(run, "is trained", () -> "free")).isEqualTo("free");
    }

    private Process start(Class<?> main, Path log, List<String> words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(words);
        started =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return started;
    }

    private static void waitForSteps(Path run, Process process, Path log) throws Exception {
        Path losses = run.resolve("losses.csv");
        while (!Files.exists(losses) || Files.readAllLines(losses).size() < 3) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
