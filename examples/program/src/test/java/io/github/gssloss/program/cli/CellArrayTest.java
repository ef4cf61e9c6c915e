/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of {@code gss ablate}, each a process of its own, as a scheduler starts them. */
class CellArrayTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private final List<Process> started = new ArrayList<>();
    private String file;

    @BeforeEach
    void files() throws IOException {
        Path data = folder.resolve("data");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
        file =
                Files.writeString(
                                folder.resolve("tiny.yaml"),
                                """
                                name: Tiny
                                data: %s
                                evaluate: %s
                                subsets: [all]
                                overlap: 0
                                seeds: [1]
                                settings: {model.width: 4, crop: 16, batch: 1, epochs: 3, iterations: 10,
                                  checkpointEvery: 1}
                                arms: {base: {loss.preset: none}, gss: {}}
                                """
                                        .formatted(data, data))
                        .toString();
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void aKilledJobIsRepeatedAndTheTablesAreThoseOfOneMachine() throws Exception {
        assertThat(ablate("parts", "--cells")).isZero();
        assertThat(gss.out().strip()).isEqualTo("2");

        Path log = folder.resolve("killed");
        Process killed = start(log, "--cell=0");
        Path losses = folder.resolve("parts/cells/base-seed1/losses.csv");
        while (!Files.exists(losses) || Files.readAllLines(losses).size() < 13) {
            assertThat(killed.isAlive()).as(Files.readString(log)).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        killed.destroyForcibly().waitFor();
        assertThat(ablate("parts", "--collect")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss ablate: base-seed1 is missing: it is not finished",
                        "gss ablate: gss-seed1 is missing: it is not finished");

        List<Process> both =
                List.of(
                        start(folder.resolve("0"), "--cell=0"),
                        start(folder.resolve("1"), "--cell=1"));
        for (int cell = 0; cell < 2; cell++) {
            int exit = both.get(cell).waitFor();
            assertThat(exit).as(Files.readString(folder.resolve("" + cell))).isZero();
        }
        assertThat(folder.resolve("0"))
                .content()
                .containsPattern("going on after step [12]0 of 30");
        assertThat(ablate("parts", "--collect")).isZero();
        assertThat(ablate("whole")).isZero();
        for (String table : List.of("results.md", "results.csv", "experiment.yaml")) {
            assertThat(folder.resolve("parts").resolve(table))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(table));
        }
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() {
        assertThat(ablate("out", "--cell=0", "--collect")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly(
                        "gss ablate: expected one of --list, --cells, --cell and --collect, got"
                                + " --cell and --collect");
        assertThat(ablate("out", "--cell=0", "--only=gss")).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss ablate: --cell: expected no --only and no --seeds beside it");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private int ablate(String out, String... more) {
        List<String> words = new ArrayList<>(List.of("ablate", file));
        words.add("--out=" + folder.resolve(out));
        words.addAll(List.of(more));
        return gss.run(words.toArray(String[]::new));
    }

    private Process start(Path log, String option) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // With the same modules the distillation is computed in the same way, to the last bit.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(given -> given.startsWith("--add-modules"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        "-Dai.djl.pytorch.num_threads=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gss.class.getName(),
                        "ablate",
                        file,
                        "--out=" + folder.resolve("parts"),
                        option));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        started.add(process);
        return process;
    }
}
