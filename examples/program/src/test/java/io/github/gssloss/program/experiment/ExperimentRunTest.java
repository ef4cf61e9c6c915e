/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static io.github.gssloss.program.experiment.TrialExperiment.GRID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentRunTest {

    @TempDir private Path folder;
    private TrialExperiment trial;

    @BeforeEach
    void trial() {
        trial = new TrialExperiment(folder);
    }

    @Test
    void aGridThatWasKilledEndsWithTheSameTables() throws IOException {
        ExperimentResult whole = trial.run(GRID, "whole");
        assertThat(whole.failures()).isEmpty();
        assertThat(whole.comparison().orElseThrow().names()).containsExactly("base", "gss");
        assertThat(trial.runner.done)
                .containsExactly(
                        "train base-seed1",
                        "evaluate base-seed1",
                        "train gss-seed1",
                        "evaluate gss-seed1",
                        "train base-seed2",
                        "evaluate base-seed2",
                        "train gss-seed2",
                        "evaluate gss-seed2");
        assertThat(trial.reported.get(0))
                .matches(
                        "cell 1 of 4: base-seed1: Dice \\d+\\.\\d %, trained in 2 min, evaluated in"
                                + " 2.5 s");
        assertThat(RunFolder.open(trial.out("whole").resolve("cells/gss-seed2")).settings())
                .isEqualTo(RunSettings.of(Map.of("model.width", "4", "crop", "16", "seed", "2")));

        trial.runner.done.clear();
        trial.runner.killedIn = "base-seed2";
        assertThatThrownBy(() -> trial.run(GRID, "killed")).hasMessage("killed");
        assertThat(trial.out("killed").resolve("results.md")).content().contains("2 of 4 cells");
        trial.runner.done.clear();
        trial.reported.clear();
        trial.runner.killedIn = "";
        trial.run(GRID, "killed");

        assertThat(trial.runner.done)
                .containsExactly(
                        "train base-seed2",
                        "evaluate base-seed2",
                        "train gss-seed2",
                        "evaluate gss-seed2");
        assertThat(trial.reported.get(0)).isEqualTo("2 cells were finished before");
        for (String file : List.of("results.md", "results.csv", "cells.csv")) {
            assertThat(trial.out("killed").resolve(file))
                    .hasSameTextualContentAs(trial.out("whole").resolve(file));
        }
        assertThat(trial.out("killed").resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void aCellThatFailsIsMarkedAndTriedAgain() throws IOException {
        trial.runner.failing.put("gss-seed1", "step 3: the loss is not finite");
        ExperimentResult result = trial.run(GRID, "out");

        String failure = "gss-seed1 failed: step 3: the loss is not finite";
        assertThat(result.failures()).containsExactly(failure);
        assertThat(result.comparison().orElseThrow().seeds("gss")).containsExactly(2L);
        assertThat(trial.reported)
                .contains("cell 2 of 4: gss-seed1: failed: step 3: the loss is not finite");
        assertThat(trial.out("out").resolve("results.md"))
                .content()
                .contains("3 of 4 cells are finished.\n\n- " + failure + "\n\nAn arm's means")
                .contains("| gss | 1 |");
        assertThat(Files.readAllLines(trial.out("out").resolve("cells.csv")).subList(1, 3))
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .matches("base-seed1,base,1,finished,90,3,0\\.\\d+,"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "gss-seed1,gss,1,failed,0,0,,"
                                                        + "step 3: the loss is not finite"));

        trial.runner.failing.clear();
        trial.runner.done.clear();
        assertThat(trial.run(GRID, "out").failures()).isEmpty();
        assertThat(trial.runner.done).containsExactly("train gss-seed1", "evaluate gss-seed1");
    }

    /** The file of an experiment may be a stranger's, and viewers of Markdown show HTML. */
    @Test
    void theMarkupOfANameIsText() throws IOException {
        trial.runner.failing.put("gss-seed1", "=cmd: <script>alert(1)</script>");
        trial.run(GRID.replaceFirst("name: .*", "name: \"a <img src=x>\\\\n# b\""), "out");

        assertThat(trial.out("out").resolve("results.md"))
                .content()
                .startsWith("# a &lt;img src=x>?# b\n\nTrained on ")
                .contains("- gss-seed1 failed: =cmd: &lt;script>alert(1)&lt;/script>\n");
        assertThat(trial.out("out").resolve("cells.csv")).content().contains(",'=cmd: <script>");
    }

    @Test
    void nothingIsComparedWithAFirstArmThatHasNothing() throws IOException {
        trial.runner.failing.put("base-seed1", "no");
        trial.runner.failing.put("base-seed2", "no");
        ExperimentResult result = trial.run(GRID, "out");

        assertThat(result.comparison()).isEmpty();
        assertThat(result.failures()).hasSize(2);
        assertThat(trial.out("out").resolve("results.csv")).doesNotExist();
        assertThat(trial.out("out").resolve("results.md"))
                .content()
                .contains("- base-seed2 failed: no");
    }

    @Test
    void armsGoOnFromTheStartOfTheirSeed() throws IOException {
        String continued = GRID + "start: {loss.preset: none, epochs: 5}\n";
        trial.runner.failing.put("start-seed2", "the disk is full");
        ExperimentResult result = trial.run(continued, "out");

        assertThat(result.failures())
                .containsExactly(
                        "start-seed2 failed: the disk is full",
                        "base-seed2 failed: start-seed2, which it goes on from, failed",
                        "gss-seed2 failed: start-seed2, which it goes on from, failed");
        assertThat(trial.runner.done.get(0)).isEqualTo("train start-seed1");
        RunSettings start =
                RunFolder.open(trial.out("out").resolve("cells/start-seed1")).settings();
        assertThat(start.epochs()).isEqualTo(5);
        assertThat(start.seed()).isEqualTo(-2);
        RunSettings gss = RunFolder.open(trial.out("out").resolve("cells/gss-seed1")).settings();
        assertThat(gss.seed()).isEqualTo(1);
        assertThat(gss.model().weights())
                .contains(
                        trial.out("out")
                                .resolve("cells/start-seed1/checkpoints/epoch-00002.npz")
                                .toAbsolutePath()
                                .toString());

        // A folder that was moved is still the same experiment.
        Files.move(trial.out("out"), trial.out("moved"));
        trial.runner.failing.clear();
        assertThat(trial.run(continued, "moved").failures()).isEmpty();
        assertThat(trial.runner.done.subList(5, 8))
                .containsExactly("train start-seed2", "train base-seed2", "evaluate base-seed2");
    }

    @Test
    void whatWasTrainedOtherwiseIsRefused() throws IOException {
        trial.run(GRID, "out");
        assertThatThrownBy(() -> trial.run(GRID.replace("gss: {}", "gss: {loss.beta: 0.5}"), "out"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        trial.out("out").resolve("cells/gss-seed1")
                                + ": was trained with other settings than the experiment now has"
                                + " (there nothing, now loss.beta: 0.5); choose another folder, or"
                                + " remove this one");
        assertThatThrownBy(() -> trial.run(GRID.replace("noise: 0.1", "noise: 0.2"), "out"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        trial.out("out")
                                + ": holds an experiment with other cases (there evaluate: '1"
                                + " phantoms of 32 x 32 x 32, seed 1, noise 0.1, bias 0.15,"
                                + " contrast 1.0', now evaluate: '1 phantoms of 32 x 32 x 32, seed"
                                + " 1, noise 0.2, bias 0.15, contrast 1.0'); choose another"
                                + " folder");

        // Without its run a cell is done anew; another seed and arm join.
        PathUtils.deleteDirectory(trial.out("out").resolve("cells/gss-seed1"));
        trial.runner.done.clear();
        trial.run(GRID.replace("[1, 2]", "[1, 2, 3]") + "  more: {loss.beta: 0.1}\n", "out");
        assertThat(trial.runner.done.stream().filter(line -> line.startsWith("train")))
                .containsExactly(
                        "train gss-seed1",
                        "train more-seed1",
                        "train more-seed2",
                        "train base-seed3",
                        "train gss-seed3",
                        "train more-seed3");
    }

    @Test
    void otherSubsetsAreEvaluatedWithoutTrainingAgain() throws IOException {
        trial.run(GRID, "out");
        trial.runner.done.clear();
        trial.run(GRID.replace("[all, t1ce]", "[all, t2, flair]"), "out");
        assertThat(trial.runner.done)
                .containsExactly(
                        "evaluate base-seed1",
                        "evaluate gss-seed1",
                        "evaluate base-seed2",
                        "evaluate gss-seed2");
    }

    @Test
    void someArmsAndSeedsAlone() throws IOException {
        ExperimentRun some = trial.open(GRID, "out");
        some.run(List.of("gss"), List.of(2L), new Silent(), trial.reported::add);
        assertThat(trial.runner.done).containsExactly("train gss-seed2", "evaluate gss-seed2");
        assertThat(trial.open(GRID, "out").list())
                .containsExactly(
                        "base-seed1  waiting",
                        "gss-seed1  waiting",
                        "base-seed2  waiting",
                        "gss-seed2  finished");
        assertThatThrownBy(
                        () -> some.run(List.of("gs"), List.of(), new Silent(), trial.reported::add))
                .isInstanceOf(UserInputException.class)
                .hasMessage("--only: expected some of [base, gss], got gs");
        assertThatThrownBy(
                        () -> some.run(List.of(), List.of(3L), new Silent(), trial.reported::add))
                .isInstanceOf(UserInputException.class)
                .hasMessage("--seeds: expected some of [1, 2], got 3");
    }

    @Test
    void severalAtOnce() throws IOException {
        ExperimentResult result = trial.run(GRID + "processes: 3\n", "out");
        assertThat(result.failures()).isEmpty();
        assertThat(trial.runner.done).hasSize(8);
        assertThat(trial.reported).hasSize(4);
        trial.run(GRID, "single");
        assertThat(trial.out("out").resolve("results.md"))
                .hasSameTextualContentAs(trial.out("single").resolve("results.md"));
    }

    @Test
    void whatCannotBegin() throws IOException {
        assertThatThrownBy(() -> trial.run("seeds: [1]\narms: {a: {}}\n", "out"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        "data: expected a folder of cases in the experiment or as --data, got"
                                + " nothing");
        assertThatThrownBy(() -> trial.run(GRID.replace("t1ce]", "t9]"), "out"))
                .isInstanceOf(UserInputException.class)
                .hasMessageEndingWith("got t9");
        assertThatThrownBy(() -> trial.run(GRID.replace("noise: 0.1", "noise: 0.9"), "out"))
                .isInstanceOf(UserInputException.class)
                .hasMessage("phantom noise: expected from 0.0 to 0.5, got 0.9");
        new ExperimentFolder(trial.out("out"))
                .alone(
                        () -> {
                            assertThatThrownBy(() -> trial.run(GRID, "out"))
                                    .isInstanceOf(UserInputException.class)
                                    .hasMessage(
                                            trial.out("out")
                                                    + ": another gss ablate works in this folder;"
                                                    + " wait for it or end it");
                            return "seen";
                        });
        Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> trial.run(GRID, "file"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(trial.out("file") + ": expected a folder, got a file");
        assertThat(trial.runner.done).isEmpty();
    }
}
