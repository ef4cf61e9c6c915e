/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.cli.Gss;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own, killed in the middle and asked to stop. */
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
    private Path data;
    private Path whole;
    private Path run;

    @BeforeEach
    void neverStopped() throws Exception {
        data = folder.resolve("phantoms");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
        whole = folder.resolve("whole");
        run = folder.resolve("run");
        String output = end(start("train", TINY, "--data=" + data, "--out=" + whole), 0);
        assertThat(output).contains("Run in " + whole);
    }

    @Test
    void killedTwiceItEndsWithTheSameBits() throws Exception {
        Process first = start("train", TINY, "--data=" + data, "--out=" + run);
        waitForStep(run, 6, first);
        kill(first);

        Process second = goOn();
        waitForStep(run, 14, second);
        kill(second);
        assertThat(end(goOn(), 0)).contains("going on after step 12 of 16");

        SameRun.check(RunFolder.open(run), RunFolder.open(whole));
        assertThat(end(goOn(), 0)).contains("all 16 steps are done");
    }

    @Test
    void askedToStopItSavesFirst() throws Exception {
        Process first = start("train", TINY, "--data=" + data, "--out=" + run);
        assumeTrue(first.supportsNormalTermination(), "a process can be asked to stop");
        waitForStep(run, 6, first);
        first.toHandle().destroy();
        Matcher stopped =
                Pattern.compile(
                                "gss train: stopped after step (\\d+) of 16, which is saved; go on"
                                        + " with: (.*)")
                        .matcher(end(first, STOPPED));
        assertThat(stopped.find()).isTrue();
        assertThat(stopped.group(2)).isEqualTo("gss train --resume " + run + " --data " + data);
        int step = Integer.parseInt(stopped.group(1));
        assertThat(step).isBetween(6, 15);
        assertThat(RunFolder.open(run).state(step)).isRegularFile();

        assertThat(end(goOn(), 0)).contains(run + ": going on after step " + step + " of 16");
        SameRun.check(RunFolder.open(run), RunFolder.open(whole));
    }

    @Test
    void stoppedInItsFirstEpochItIsEvaluatedAndPredicts() throws Exception {
        List<String> endless = new ArrayList<>(TINY);
        endless.add("--iterations=1000");
        endless.remove("--iterations=4");
        Process first = start("train", endless, "--data=" + data, "--out=" + run);
        assumeTrue(first.supportsNormalTermination(), "a process can be asked to stop");
        waitForStep(run, 3, first);
        first.toHandle().destroy();
        end(first, STOPPED);

        Path evaluated = folder.resolve("evaluated");
        String from = "weights of run: step-\\d{8}.npz, after step \\d+ of 4000";
        List<String> words =
                List.of("--run=" + run, "--data=" + data, "--out=" + evaluated, "--subsets=all");
        assertThat(end(start("evaluate", words), 0)).containsPattern(from);
        assertThat(evaluated.resolve("scores.csv")).isNotEmptyFile();

        Path segmented = folder.resolve("segmented.nii.gz");
        String subject = "--subject=" + data.resolve("Phantom-0001");
        words = List.of("--run=" + run, subject, "--out=" + segmented);
        assertThat(end(start("predict", words), 0)).containsPattern(from);
        assertThat(segmented).isNotEmptyFile();
    }

    /** Cases that are whole when it is asked to stop are not made again. */
    @Test
    void aFolderOfPredictionsGoesOnWithTheCaseItStoppedIn() throws Exception {
        Path unseen = folder.resolve("unseen");
        PhantomCohort.write(unseen, 4, PhantomSettings.ofSeed(6).withShape(32, 32, 32), done -> {});
        Path out = folder.resolve("predicted");
        List<String> words =
                List.of("--run=" + whole, "--data=" + unseen, "--out=" + out, "--mirror=x,y,z");
        Process first = start("predict", words);
        assumeTrue(first.supportsNormalTermination(), "a process can be asked to stop");
        Path finished = out.resolve("Phantom-0001.nii.gz");
        while (!Files.exists(finished)) {
            assertThat(first.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        first.toHandle().destroy();
        Matcher stopped =
                Pattern.compile(
                                "gss predict: stopped in case (\\d) of 4, Phantom-000(\\d); what is"
                                        + " finished is saved, the same command goes on there")
                        .matcher(end(first, STOPPED));
        assertThat(stopped.find()).isTrue();
        assertThat(stopped.group(1)).isEqualTo(stopped.group(2)).isNotEqualTo("1");
        assertThat(out.resolve("Phantom-000" + stopped.group(1) + ".nii.gz")).doesNotExist();
        var kept = Files.getLastModifiedTime(finished);

        String output = end(start("predict", words), 0);
        assertThat(output).contains("Phantom-0001: is there already");
        assertThat(output).doesNotContain("Phantom-0004: is there already");
        assertThat(Files.getLastModifiedTime(finished)).isEqualTo(kept);
        assertThat(Files.readAllLines(out.resolve("volumes.csv"))).hasSize(1 + 4);
    }

    private Process goOn() throws IOException {
        return start("train", List.of("--resume=" + run), "--data=" + data);
    }

    private static Process start(String name, List<String> words, String... more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-Djava.awt.headless=true");
        command.add("-Dai.djl.pytorch.num_threads=1");
        command.add("-Dai.djl.offline=" + System.getProperty("ai.djl.offline", "false"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Gss.class.getName(), name));
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
        int killed = process.supportsNormalTermination() ? 128 + 9 : 1;
        assertThat(process.waitFor()).isEqualTo(killed);
    }

    private static String end(Process process, int code) throws Exception {
        try (InputStream out = process.getInputStream()) {
            String output = new String(out.readAllBytes(), Charset.defaultCharset());
            assertThat(process.waitFor()).as(output).isEqualTo(code);
            return output;
        }
    }
}
