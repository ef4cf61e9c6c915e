/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells of {@code gss ablate} in processes of their own, as the program starts them. */
class AblateProcessTest {

    @TempDir private Path folder;
    private Path data;

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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(CellMain.class.getName(), job.toString()));
        Path log = folder.resolve("log");
        Process cell =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Path losses = run.resolve("losses.csv");
        while (!Files.exists(losses) || Files.readAllLines(losses).size() < 3) {
            assertThat(cell.isAlive()).as(Files.readString(log)).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }

        cell.getOutputStream().close();

        assertThat(cell.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(cell.exitValue()).isEqualTo(1);
        assertThat(folder.resolve("outcome.yaml")).doesNotExist();
    }
}
