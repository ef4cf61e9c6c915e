/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.compare.Difference;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.program.NnUnetFixture;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.runfolder.RunCases;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cross-validation: every case is evaluated by the run that has not seen it. */
class FoldsTest {

    private static final String SMALL =
            """
            subsets: [all]
            seeds: [1]
            settings:
              model: {width: 4}
              crop: 16x16x1
              batch: 1
              epochs: 1
              iterations: 1
              foreground: all
            """;

    private static final String ARMS =
            """
            arms:
              plain: {loss: {preset: none}}
              found: {loss: {groups: auto}}
            """;

    @TempDir private Path folder;
    private Path data;

    @BeforeEach
    void cases() throws IOException {
        data =
                new NnUnetFixture(2, 3, List.of(20, 18, 2), 9, ".nii.gz", false, false)
                        .write(folder.resolve("data"), 4);
    }

    private ExperimentRun experiment(String more) throws IOException {
        Path file = Files.writeString(folder.resolve("folds.yaml"), more + SMALL + ARMS);
        return new ExperimentRun(
                Experiment.read(file, Optional.of(data)),
                Optional.of(data),
                Optional.empty(),
                folder.resolve("out"),
                folder.resolve("cache"),
                new CellWork());
    }

    @Test
    void everyCaseIsEvaluatedOnceForEachArm() throws IOException {
        List<String> notes = new ArrayList<>();
        ExperimentResult result =
                experiment("folds: 2\n").run(List.of(), List.of(), new Silent(), notes::add);
        assertThat(result.failures()).isEmpty();
        assertThat(result.comparison().orElseThrow().pooled("found"))
                .extracting(Score::caseName)
                .contains("seed 1, case_1", "seed 1, case_2", "seed 1, case_3", "seed 1, case_4")
                .hasSize(4 * 2);
        Path out = folder.resolve("out");
        for (String cell : List.of("plain-seed1-fold0", "found-seed1-fold1")) {
            RunFolder run = RunFolder.open(out.resolve("cells").resolve(cell));
            DataDescription description = run.settings().description();
            assertThat(
                            ScoresCsv.read(
                                    out.resolve("evaluated/" + cell + "/scores.csv"), description))
                    .extracting(Score::caseName)
                    .doesNotContainAnyElementsOf(RunCases.read(run.cases()).training().keySet());
        }
        Path found = out.resolve("cells/found-seed1-fold0");
        assertThat(found.resolve("leaders/leaders.txt"))
                .content()
                .contains("loss.groups: background: ");
        RunFolder foundRun = RunFolder.open(found);
        assertThat(foundRun.settings().loss().groups().orElseThrow()).startsWith("background: ");
        assertThat(foundRun.settings().model().weights().orElseThrow())
                .contains("leaders" + File.separator + "checkpoints");
        assertThat(out.resolve("report.html")).isNotEmptyFile();

        notes.clear();
        experiment("folds: 2\n").run(List.of(), List.of(), new Silent(), notes::add);
        assertThat(notes).containsExactly("4 cells were finished before");
    }

    @Test
    void aSeedMayLeaveOutOneFoldAlone() throws IOException {
        String seeds = SMALL.replace("seeds: [1]", "seeds: [1, 2]");
        Path file =
                Files.writeString(
                        folder.resolve("folds.yaml"),
                        "folds: 2\noneFoldPerSeed: true\n"
                                + seeds
                                + ARMS.replace(
                                        "found: {loss: {groups: auto}}",
                                        "gss: {loss: {preset: passion}}"));
        ExperimentRun run =
                new ExperimentRun(
                        Experiment.read(file, Optional.of(data)),
                        Optional.of(data),
                        Optional.empty(),
                        folder.resolve("out"),
                        folder.resolve("cache"),
                        new CellWork());
        ExperimentResult result = run.run(List.of(), List.of(), new Silent(), line -> {});
        assertThat(result.failures()).isEmpty();
        assertThat(run.list())
                .extracting(line -> line.split(" ", -1)[0])
                .containsExactly(
                        "plain-seed1-fold1", "gss-seed1-fold1",
                        "plain-seed2-fold0", "gss-seed2-fold0");
        Difference difference =
                result.comparison()
                        .orElseThrow()
                        .difference("gss", Metric.DICE, Optional.empty(), Optional.empty())
                        .orElseThrow();
        assertThat(difference.seeds()).isEqualTo(2);
        assertThat(difference.cases()).isEqualTo(4);
        assertThat(difference.ownCases()).isTrue();
        assertThat(folder.resolve("out/results.md"))
                .content()
                .contains("and for each of them as many of its own cases.");
    }

    @Test
    void foldsMayStandInAFile() throws IOException {
        Path splits =
                Files.writeString(
                        folder.resolve("s.json"),
                        """
                        [{"train": ["case_1", "case_2"], "val": ["case_3"]},
                         {"train": ["case_3"], "val": ["case_1", "case_9"]}]
                        """);
        assertThatThrownBy(
                        () ->
                                experiment("folds: 2\nsplits: '%s'\n".formatted(splits))
                                        .run(List.of(), List.of(), new Silent(), line -> {}))
                .isInstanceOf(UserInputException.class)
                .hasMessage(splits + ": fold 1: val: expected cases of " + data + ", got 'case_9'");
    }

    @Test
    void whatDoesNotFitFoldsIsNamed() {
        assertThatThrownBy(() -> experiment("folds: 2\nevaluate: x\n"))
                .hasMessageContaining("evaluate: expected nothing beside folds");
        assertThatThrownBy(() -> experiment("oneFoldPerSeed: true\n"))
                .hasMessageContaining("oneFoldPerSeed: expected nothing without folds");
        assertThatThrownBy(() -> experiment("splits: x.json\n"))
                .hasMessageContaining("splits: expected nothing without folds");
    }
}
