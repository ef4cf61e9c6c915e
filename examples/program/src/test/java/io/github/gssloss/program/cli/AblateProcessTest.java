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
        CommandHarness gss = new CommandHarness(Gss.commands().toArray());

        int exit =
                gss.run(
                        "ablate",
                        file.toString(),
                        "--out=" + out,
                        "--data=" + data,
                        "--judge=" + data);

        assertThat(gss.errLines()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.resolve("results.md")).content().contains("2 of 2 cells are finished.");
        assertThat(out.resolve("logs/gss-seed1.log")).content().contains("Training 100 %");
        assertThat(out.resolve("judged/gss-seed1/scores.csv")).isNotEmptyFile();
    }

    @Test
    void aCellEndsWithTheProcessThatStartedIt() throws Exception {
        Map<String, String> endless =
                Map.of("model.width", "4", "crop", "16", "batch", "1", "iterations", "1000");
        Path settings = folder.resolve("settings.yaml");
        Files.writeString(settings, RunSettings.of(endless).toYaml());
        Path run = folder.resolve("run");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(CellMain.class.getName(), "endless"));
        for (Path path :
                List.of(
                        settings,
                        data,
                        data,
                        folder.resolve("cache"),
                        run,
                        folder.resolve("judged"),
                        folder.resolve("outcome.yaml"))) {
            command.add(path.toString());
        }
        command.addAll(List.of("-", "-"));
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
