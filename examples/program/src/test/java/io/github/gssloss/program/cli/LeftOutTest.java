/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.TinyRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that reads cases, with a file in their folder that belongs to none. */
class LeftOutTest {

    private static final List<String> SMALL =
            List.of("--crop=16", "--model.width=4", "--batch=1", "--epochs=1", "--iterations=1");

    @TempDir private Path folder;
    private final CommandHarness gss = new CommandHarness();
    private Path data;
    private Path out;
    private String line;

    @BeforeEach
    void aCaseAndMore() throws IOException {
        data = folder.resolve("data");
        out = folder.resolve("out");
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(data, 1, small, done -> {});
        Path home = data.resolve("Phantom-0001");
        Files.createFile(home.resolve("mask.nii.gz"));
        line =
                home
                        + ": left out mask.nii.gz: expected names like Phantom-0001_flair.nii.gz or"
                        + " Phantom-0001-t2f.nii.gz";
    }

    @Test
    void trainingRefusesBeforeAnyWork() {
        assertThat(gss.run("train", "--data", data.toString(), "--out", out.toString()))
                .isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss train: " + line + "; --skip-unknown goes on without");
        assertThat(out).doesNotExist();
    }

    @Test
    void validationAndResumingRefuseAsWell() throws IOException {
        Path clean = folder.resolve("clean");
        PhantomSettings small = PhantomSettings.ofSeed(2).withShape(32, 32, 32);
        PhantomCohort.write(clean, 1, small, done -> {});
        assertThat(
                        gss.run(
                                "train",
                                "--data=" + clean,
                                "--out=" + out,
                                "--validation=" + data,
                                "--crop=16"))
                .isEqualTo(2);
        assertThat(gss.errLines()).hasSize(1);
        assertThat(gss.errLines().get(0)).contains(line);

        TinyRun.create(out, 1, Map.of());
        assertThat(gss.run("train", "--data=" + data, "--resume=" + out)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss train: " + line + "; --skip-unknown goes on without");
    }

    @Test
    void anExperimentRefusesBeforeAnyWork() throws IOException {
        Path file = folder.resolve("trial.yaml");
        Files.writeString(file, "seeds: [1]\narms: {a: {crop: 16}}\ndata: " + data + "\n");
        assertThat(gss.run("ablate", file.toString(), "--out=" + out, "--evaluate=" + data))
                .isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss ablate: " + line + "; --skip-unknown goes on without");
        assertThat(out).doesNotExist();
    }

    @Test
    void trainingGoesOnWithAWarningWhereThatIsAllowed() {
        String[] args = new String[SMALL.size() + 4];
        List.of("train", "--data=" + data, "--out=" + out, "--skip-unknown").toArray(args);
        System.arraycopy(SMALL.toArray(), 0, args, 4, SMALL.size());
        assertThat(warnings(() -> assertThat(gss.run(args)).isZero())).containsOnlyOnce(line);
        assertThat(gss.errLines()).isEmpty();
    }

    @Test
    void evaluationDoesWhatCanBeDoneAndTheExitCodeSaysSo() throws IOException {
        Path run = TinyRun.create(folder.resolve("run"), 1, Map.of()).path();
        String[] args = {
            "evaluate", "--run=" + run, "--data=" + data, "--out=" + out, "--subsets=all"
        };
        assertThat(gss.run(args)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss evaluate: " + line);
        assertThat(out.resolve("scores.csv")).isNotEmptyFile();
        assertThat(out.resolve("evaluation.yaml")).content().contains("skipped", "mask.nii.gz");

        String[] allowed = {
            "evaluate",
            "--run=" + run,
            "--data=" + data,
            "--out=" + out,
            "--subsets=all",
            "--skip-unknown"
        };
        assertThat(warnings(() -> assertThat(gss.run(allowed)).isZero())).containsOnlyOnce(line);
    }

    @Test
    void aPredictionIsMadeAndTheExitCodeSaysSo() throws IOException {
        Path run = TinyRun.create(folder.resolve("run"), 1, Map.of()).path();
        String subject = "--subject=" + data.resolve("Phantom-0001");
        Path file = folder.resolve("seg.nii.gz");
        assertThat(gss.run("predict", "--run=" + run, subject, "--out=" + file)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss predict: " + line);
        assertThat(file).isNotEmptyFile();
        Files.delete(file);
        String[] allowed = {"predict", "--run=" + run, subject, "--out=" + file, "--skip-unknown"};
        assertThat(gss.run(allowed)).isZero();
    }

    /** A case that cannot be used stays an error, whatever is allowed. */
    @Test
    void twoPatientsInAFolderAreAlwaysRefused() throws IOException {
        Path home = data.resolve("Phantom-0001");
        Files.move(home.resolve("Phantom-0001_t2.nii.gz"), home.resolve("Phantom-0002_t2.nii.gz"));
        String mixed =
                "case Phantom-0001: expected files whose names begin alike, got"
                        + " Phantom-0001_flair.nii.gz and Phantom-0002_t2.nii.gz in "
                        + home;
        String[] args = {"train", "--data=" + data, "--out=" + out, "--skip-unknown"};
        assertThat(gss.run(args)).isEqualTo(2);
        assertThat(gss.errLines()).containsExactly("gss train: " + mixed);

        Path run = TinyRun.create(folder.resolve("run"), 1, Map.of()).path();
        String[] evaluate = {"evaluate", "--run=" + run, "--data=" + data, "--out=" + out};
        assertThat(gss.run(evaluate)).isEqualTo(2);
        assertThat(gss.errLines())
                .containsExactly("gss evaluate: " + line, "gss evaluate: " + mixed);
    }

    /** What the log says meanwhile. */
    private static String warnings(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
