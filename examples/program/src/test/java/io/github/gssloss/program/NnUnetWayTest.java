/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Cohort;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.NnUnetFolder;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.BranchScores;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.evaluation.LeaderProposal;
import io.github.gssloss.program.evaluation.LeaderRun;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ScoresCsv;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other data sets than BraTS from a folder of nnU-Net to scores, leaders and a segmentation. */
class NnUnetWayTest {

    private static final float THICK = 12;
    private static final float EVEN = 0.75f;

    @TempDir private Path folder;

    static List<NnUnetFixture> dataSets() {
        List<Integer> slices = List.of(24, 20, 3);
        List<Integer> volume = List.of(20, 18, 17);
        return List.of(
                new NnUnetFixture(1, 2, volume, EVEN, ".nii.gz", false, false),
                new NnUnetFixture(2, 3, slices, THICK, ".nii", false, true),
                new NnUnetFixture(3, 4, slices, THICK, ".nii.gz", true, false),
                new NnUnetFixture(5, 8, volume, THICK, ".nii", true, true),
                new NnUnetFixture(6, 5, slices, EVEN, ".nii.gz", false, false));
    }

    @ParameterizedTest
    @MethodSource("dataSets")
    void theWholeWay(NnUnetFixture made) throws IOException {
        Path data = made.write(folder.resolve("data"), 2);
        DataDescription description = NnUnetFolder.open(data).description();
        RunFolder run = train(data, made, Map.of("loss.groups", groups(description)));
        assertThat(run.settings().description()).isEqualTo(description);
        assertThat(LossRow.read(run.losses()).get(0).parts().get("distillation")).isPositive();

        ScoreTable table = evaluate(run, data, description);
        assertThat(table.regions()).isEqualTo(description.regions());
        assertThat(table.modalities()).isEqualTo(description.modalities());
        assertThat(ScoresCsv.read(folder.resolve("evaluated/scores.csv"), description))
                .isEqualTo(table.rows());
        for (Score score : table.rows()) {
            assertThat(score.measures().dice()).isBetween(0.0, 1.0);
            assertThat(score.measures().dicePost()).isEqualTo(score.measures().dice());
        }
        assertThat(folder.resolve("evaluated/summary.md"))
                .content()
                .contains(made.channels().get(0), "part 1")
                .doesNotContain("flair", "whole", "500");

        BranchScores branches =
                new LeaderRun(run, Checkpoints.last(run), new Silent())
                        .measure(Cohort.find(data, description).cases(), folder.resolve("cache"));
        LeaderProposal proposal = new LeaderProposal(description, branches, 0.05);
        assertThat(branches.cases()).isEqualTo(2);
        RunSettings again = settings(data, made, Map.of("loss.groups", proposal.groups()));
        assertThat(again.loss().groups()).hasValue(proposal.groups());
    }

    private static String groups(DataDescription description) {
        StringBuilder groups = new StringBuilder();
        List<String> names = description.labels().classNames();
        for (int c = 0; c < names.size(); c++) {
            int leader = c % description.modalityCount();
            groups.append(c == 0 ? "" : "; ").append(names.get(c)).append(": ");
            groups.append(description.modalities().get(leader).label());
        }
        return groups.toString();
    }

    private ScoreTable evaluate(RunFolder run, Path data, DataDescription description)
            throws IOException {
        EvaluationSettings how =
                new EvaluationSettings(description.allAndSingles(), EvaluationSettings.HALF);
        Path out = folder.resolve("evaluated");
        EvaluationResult result =
                new EvaluationRun(run, Optional.empty(), how, new Silent())
                        .evaluate(data, out, folder.resolve("cache"));
        assertThat(result.problems()).isEmpty();
        assertThat(out.resolve("overlay-case_1.png")).isNotEmptyFile();
        assertThat(out.resolve("decisions-case_1.png")).isNotEmptyFile();
        HtmlReport.write(out, out.resolve("report.html"));
        assertThat(out.resolve("report.html"))
                .content()
                .contains("part 1", "colspan=\"" + description.modalityCount() + "\">mean")
                .doesNotContain("flair", "umour", "whole", "all four");
        return result.table().orElseThrow();
    }

    private RunSettings settings(Path data, NnUnetFixture made, Map<String, String> more) {
        boolean flat = made.shape().get(2) < 16;
        Map<String, String> values = new HashMap<>();
        values.putAll(
                Map.of(
                        "model.width", "4",
                        "crop", flat ? "16x16x1" : "16",
                        "foreground", "all",
                        "batch", "1",
                        "epochs", "1",
                        "iterations", "1"));
        values.putAll(more);
        return RunSettings.forCases(Optional.empty(), values, data);
    }

    private RunFolder train(Path data, NnUnetFixture made, Map<String, String> more)
            throws IOException {
        return new TrainingRun(settings(data, made, more), new Silent())
                .run(data, folder.resolve("run"), folder.resolve("cache"), "test", line -> {});
    }

    @Test
    void aSegmentationLiesAsTheFirstImageWithTheLabelsOfTheFiles() throws IOException {
        NnUnetFixture made =
                new NnUnetFixture(2, 3, List.of(24, 20, 3), THICK, ".nii.gz", false, false);
        Path data = made.write(folder.resolve("data"), 1);
        RunFolder run = train(data, made, Map.of("loss.preset", "none"));
        Path out = folder.resolve("seg.nii.gz");
        PlainPrediction.of(run).predict(data, out, false);
        assertThat(NiftiReader.readHeader(out).geometry())
                .hasToString(
                        NiftiReader.readHeader(data.resolve("imagesTr/case_1_0000.nii.gz"))
                                .geometry()
                                .toString());
        for (float label : NiftiReader.read(out).data()) {
            assertThat(label).isIn(0f, 1f, 2f);
        }
    }

    /** A subject has no dataset.json: its channels are those of the run. */
    @Test
    void aFolderOfImagesIsSegmented() throws IOException {
        NnUnetFixture made =
                new NnUnetFixture(2, 3, List.of(24, 20, 3), THICK, ".nii", false, false);
        Path data = made.write(folder.resolve("data"), 1);
        RunFolder run = train(data, made, Map.of("loss.preset", "none"));
        Path subject = Files.createDirectory(folder.resolve("subject"));
        Files.copy(data.resolve("imagesTr/case_1_0001.nii"), subject.resolve("new_0001.nii"));
        String line =
                PlainPrediction.of(run)
                        .predict(subject, folder.resolve("seg.nii.gz"), false)
                        .get(0);
        assertThat(line).startsWith("new with B: ").contains(" voxels of part 1");
    }

    @Test
    void aMissingChannelIsAMissingModality() throws IOException {
        NnUnetFixture made =
                new NnUnetFixture(2, 3, List.of(24, 20, 3), THICK, ".nii.gz", false, false);
        Path data = made.write(folder.resolve("data"), 2);
        Files.delete(data.resolve("imagesTr/case_2_0001.nii.gz"));
        RunFolder run =
                train(data, made, Map.of("loss.groups", "background: A; part 1: A; part 2: B"));
        DataDescription description = run.settings().description();
        ScoreTable table = evaluate(run, data, description);
        assertThat(table.cases(description.subset("A"))).isEqualTo(2);
        assertThat(table.cases(description.subset("B"))).isEqualTo(1);
    }

    @Test
    void aVoteNeedsLeaders() throws IOException {
        NnUnetFixture made =
                new NnUnetFixture(2, 3, List.of(24, 20, 3), THICK, ".nii.gz", false, false);
        Path data = made.write(folder.resolve("data"), 1);
        assertThatThrownBy(() -> train(data, made, Map.of()))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith("loss.groups: expected the leaders of each class of")
                .hasMessageContaining("got nothing");
        assertThatThrownBy(() -> settings(data, made, Map.of("missing.rate", "flair=0.5")))
                .isInstanceOf(UserInputException.class)
                .hasMessage("missing.rate: expected rates of [A, B], got [flair]");
    }
}
