/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.examples.cli.Gss;
import io.github.gssloss.examples.phantom.PhantomCohort;
import io.github.gssloss.examples.phantom.PhantomSettings;
import io.github.gssloss.examples.train.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, killed in the middle and asked to stop. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to stop there")
class ResumeProcessTest {

    private static final int STOPPED = 3;

    private static final List<String> TINY =
            List.of(
                    "--model.width=4",
                    "--crop=16",
                    "--batch=1",
                    "--epochs=4",
                    "--iterations=4",
                    "--checkpointEvery=1",
                    "--lr=0.01");

    @TempDir private Path folder;

    @Test
    void killedTwiceAndStoppedOnceItEndsWithTheSameBits() throws Exception {
        Path data = folder.resolve("phantoms");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
        Path whole = folder.resolve("whole");
        String output = end(start(TINY, "--data=" + data, "--out=" + whole), 0);
        assertThat(output).contains("Run in " + whole);

        Path run = folder.resolve("run");
        Process first = start(TINY, "--data=" + data, "--out=" + run);
        waitForStep(run, 6, first);
        kill(first);
        List<String> goOn = List.of("--resume=" + run);
        Process second = start(goOn, "--data=" + data);
        waitForStep(run, 10, second);
        second.toHandle().destroy();
        assertThat(end(second, STOPPED))
                .contains(run + ": going on after step 4 of 16")
                .containsPattern("gss train: stopped after step 1\\d of 16, which is saved; go on")
                .contains("with: gss train --resume " + run + " --data " + data);
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("step-0000001\\d.npz|epoch-00003.npz"));
        }
        Process third = start(goOn, "--data=" + data);
        waitForStep(run, 14, third);
        kill(third);
        assertThat(end(start(goOn, "--data=" + data), 0)).contains("going on after step 1");

        SameRun.check(RunFolder.open(run), RunFolder.open(whole));
        assertThat(end(start(goOn, "--data=" + data), 0)).contains("all 16 steps are done");
    }

    private static Process start(List<String> words, String... more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-Djava.awt.headless=true");
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.add("-Dai.djl.offline=" + System.getProperty("ai.djl.offline", "false"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Gss.class.getName(), "train"));
        command.addAll(words);
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }

    private static void waitForStep(Path run, int step, Process process) throws Exception {
        Path losses = run.resolve("losses.csv");
        while (!Files.exists(losses) || Files.readAllLines(losses).size() <= step) {
            assertThat(process.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void kill(Process process) throws Exception {
        process.destroyForcibly();
        assertThat(process.waitFor()).isEqualTo(128 + 9);
    }

    private static String end(Process process, int code) throws Exception {
        try (InputStream out = process.getInputStream()) {
            String output = new String(out.readAllBytes(), Charset.defaultCharset());
            assertThat(process.waitFor()).as(output).isEqualTo(code);
            return output;
        }
    }
}
