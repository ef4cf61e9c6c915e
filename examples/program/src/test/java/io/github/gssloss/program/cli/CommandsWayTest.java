/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.files.CacheFolder;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after another as their user types them, on the smallest network. */
class CommandsWayTest {

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private Path data;

    private final String property = System.getProperty(CacheFolder.PROPERTY);

    @BeforeEach
    void phantoms() {
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("of the user").toString());
        data = folder.resolve("data");
        PhantomSettings small = PhantomSettings.ofSeed(5).withShape(32, 32, 32);
        PhantomCohort.write(data, 2, small, done -> {});
    }

    @AfterEach
    void sharedCache() {
        System.setProperty(CacheFolder.PROPERTY, property);
    }

    @Test
    void aRunIsTrainedAndGoesOn() throws IOException {
        Path run = train("run a");

        assertThat(gss.out().lines().limit(6))
                .containsExactly(
                        "network  rfnet, 667,985 parameters",
                        "cases    2, crops of 16, 1 a step",
                        "data     brats2020: modalities flair, t1ce, t1, t2; classes BG, NCR/NET,"
                                + " ED, ET; z-score",
                        "device   cpu(), engine threads: 1, workers: 1",
                        "steps    2: 1 epoch of 2",
                        "loss     none");
        assertThat(gss.out())
                .doesNotContain("warning")
                .endsWith(
                        "Run in %s, its curve in %s%n"
                                .formatted(run, run.resolve("learning-curve.png")));
        assertThat(run.resolve("cache")).doesNotExist();
        assertThat(folder.resolve("of the user")).isNotEmptyDirectory();
        assertThat(RunFolder.open(run).settings())
                .isEqualTo(
                        RunSettings.of(
                                Map.of(
                                        "model.width", "4",
                                        "crop", "16",
                                        "batch", "1",
                                        "epochs", "1",
                                        "iterations", "2",
                                        "decisionsEvery", "0",
                                        "loss.preset", "none")));
        assertThat(RunFolder.open(run).versions())
                .containsEntry("threads", "1")
                .hasEntrySatisfying(
                        "commandLine",
                        words ->
                                assertThat(words)
                                        .startsWith("gss train --data " + data + " --out '" + run));

        Path cache = folder.resolve("cache");
        String[] resume = {
            "train", "--resume=" + run, "--data=" + data, "--cache=" + cache, "--workers=2"
        };
        assertThat(gss.run(resume)).isZero();
        assertThat(gss.out()).startsWith(run + ": all 2 steps are done");
        assertThat(cache).doesNotExist();

        Files.delete(run.resolve("learning-curve.png"));
        Files.delete(run.resolve("checkpoints/state-00000002.yaml"));
        assertThat(gss.run(resume)).isZero();
        assertThat(gss.out()).contains(run + ": going on after step 0 of 2");
        assertThat(cache).isNotEmptyDirectory();
        assertThat(run.resolve("learning-curve.png")).isNotEmptyFile();
    }

    @Test
    void whatTakesDaysOnACpuIsSaidBeforeItBegins() throws IOException {
        Path wrong = data.resolve("Phantom-0001/Phantom-0001_seg.nii.gz");
        Files.writeString(wrong, "no gzip");
        // The first case is refused when it is prepared, after the opening lines.
        String[] args = {
            "train",
            "--data=" + data,
            "--out=" + folder.resolve("run"),
            "--crop=32",
            "--batch=8",
            "--model.width=4"
        };

        assertThat(gss.run(args)).isEqualTo(2);

        assertThat(gss.out())
                .contains("steps    45000: 300 epochs of 150", "loss     paper")
                .contains("warning: 45000 steps of this size take days on a CPU; ");
        assertThat(gss.errLines()).singleElement().asString().startsWith("gss train: " + wrong);
    }

    @Test
    void runsAreEvaluatedComparedAndReported() throws IOException {
        Path first = train("first");
        Path second = train("second", "--seed=2");
        Path out = folder.resolve("evaluated");
        assertThat(evaluate(out, first)).isZero();
        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out())
                .contains("Dice")
                .contains("Tables and pictures in " + out)
                .contains("Report in " + out.resolve("report.html"));
        assertThat(out.resolve("evaluation.yaml")).content().contains("overlap: 0.0");
        assertThat(out.resolve("cache")).doesNotExist();

        Path both = folder.resolve("both");
        Path cache = folder.resolve("cache");
        assertThat(evaluate(both, first, second, "--cache=" + cache)).isZero();
        assertThat(gss.out().lines()).contains("first", "second", "Comparison in " + both);
        assertThat(both.resolve("comparison.csv")).isNotEmptyFile();
        assertThat(both.resolve("report.html")).isNotEmptyFile();
        assertThat(cache).isNotEmptyDirectory();

        Files.delete(data.resolve("Phantom-0002/Phantom-0002_seg.nii.gz"));
        assertThat(evaluate(out, first)).isEqualTo(2);
        assertThat(gss.errLines())
                .singleElement()
                .asString()
                .startsWith("gss evaluate: case Phantom-0002: ");
    }

    @Test
    void aSubjectIsSegmented() throws IOException {
        Path run = train("run");
        Path subject = data.resolve("Phantom-0001");
        Path out = folder.resolve("seg.nii.gz");
        Path weights = run.resolve("checkpoints/epoch-00001.npz");
        String[] args = {
            "predict",
            "--run=" + run,
            "--subject=" + subject,
            "--modalities=t2,flair",
            "--checkpoint=" + weights,
            "--threads=2",
            "--out=" + out
        };

        assertThat(gss.run(args)).isZero();

        assertThat(gss.errLines()).isEmpty();
        assertThat(gss.out()).contains("Phantom-0001 with ", "Segmentation in " + out);
        byte[] first = Files.readAllBytes(out);
        Files.writeString(out, "other");
        assertThat(gss.run(args)).isEqualTo(2);
        assertThat(gss.errLines()).singleElement().asString().endsWith("--overwrite replaces it");
        args[args.length - 2] = "--overwrite";
        assertThat(gss.run(args)).isZero();
        assertThat(out).hasBinaryContent(first);
        assertThat(out).isNotEmptyFile();
    }

    private Path train(String name, String... further) {
        Path run = folder.resolve(name);
        List<String> args = new ArrayList<>(List.of("train", "--data", data + ""));
        args.addAll(List.of("--out", run.toString(), "--model.width=4", "--crop=16", "--batch=1"));
        args.addAll(
                List.of(
                        "--epochs=1",
                        "--iterations=2",
                        "--loss.preset=none",
                        "--decisionsEvery=0"));
        args.addAll(List.of(further));
        int exit = gss.run(args.toArray(String[]::new));
        assertThat(gss.errLines()).isEmpty();
        assertThat(exit).isZero();
        return run;
    }

    private int evaluate(Path out, Object... runsAndMore) {
        List<String> args = new ArrayList<>(List.of("evaluate", "--data=" + data, "--out=" + out));
        args.addAll(List.of("--subsets=all,t1ce+flair", "--overlap=0"));
        for (Object one : runsAndMore) {
            args.add(one instanceof Path run ? "--run=" + run : one.toString());
        }
        return gss.run(args.toArray(String[]::new));
    }
}
