/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ScoresCsv;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program of commit 0e29543 wrote can still be used: see earlier-runs/README.md. */
class EarlierRunsTest {

    @TempDir private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        EarlierRuns.unpack("0e29543", folder);
    }

    /** A stopped run ends with the numbers of the run that was never stopped. */
    @ParameterizedTest
    @CsvSource({"rfnet, 5, 6", "torchscript, 27, 40"})
    void aStoppedRunGoesOn(String network, int done, int steps) throws IOException {
        Path path = folder.resolve(network + "-stopped");
        // Its settings name the folder of the cases for validation as the user gave it then.
        Path settings = path.resolve("settings.yaml");
        String text = Files.readString(settings);
        Files.writeString(
                settings,
                text.replace("validation: data", "validation: " + folder.resolve("data")));
        List<String> notes = new ArrayList<>();
        RunFolder run =
                TrainingRun.resume(
                        RunFolder.open(path),
                        folder.resolve("data"),
                        folder.resolve("cache"),
                        new Silent(),
                        notes::add);

        assertThat(run.isFinished()).isTrue();
        assertThat(notes.get(0))
                .isEqualTo(
                        path
                                + ": an earlier version began it and kept no checksums of its"
                                + " cases: only their names were compared");
        assertThat(notes.get(1)).isEqualTo(path + ": going on after step " + done + " of " + steps);
        assertThat(notes.get(2))
                .startsWith("it began on another system")
                .contains("os Linux amd64");
        assertThat(notes).hasSize(3);
        Path whole = folder.resolve(network + "-whole");
        compare(run.losses(), whole.resolve("losses.csv"), done);
        compare(run.decisions(), whole.resolve("decisions.csv"), 1);
        if (Files.exists(whole.resolve("validation.csv"))) {
            compare(run.validation(), whole.resolve("validation.csv"), 1);
        }
        assertThat(Files.readAllLines(run.timings())).hasSize(4);
    }

    /** The rows that stood there are kept to the letter, the others are the same numbers. */
    private static void compare(Path file, Path whole, int kept) throws IOException {
        List<String> rows = Files.readAllLines(file);
        List<String> expected = Files.readAllLines(whole);
        assertThat(rows).hasSameSizeAs(expected);
        assertThat(rows.subList(0, kept + 1)).isEqualTo(expected.subList(0, kept + 1));
        for (int row = kept + 1; row < rows.size(); row++) {
            String[] cells = rows.get(row).split(",", -1);
            String[] then = expected.get(row).split(",", -1);
            assertThat(cells).hasSameSizeAs(then);
            for (int cell = 0; cell < cells.length; cell++) {
                if (then[cell].isEmpty()) {
                    assertThat(cells[cell]).isEmpty();
                } else {
                    // Another processor may differ in a sum's last bits.
                    assertThat(Double.parseDouble(cells[cell]))
                            .as("row %d, cell %d of %s", row, cell, file)
                            .isCloseTo(Double.parseDouble(then[cell]), within(1e-3));
                }
            }
        }
    }

    /** In the folder of then, too, cases are evaluated anew: their keys left out too much. */
    @ParameterizedTest
    @ValueSource(strings = {"anew", "evaluated"})
    void theNetworkGetsTheScoresOfThen(String out) throws IOException {
        List<Score> then = ScoresCsv.read(folder.resolve("evaluated/scores.csv"), Brats.BRATS2020);
        List<Score> now = evaluate(folder.resolve(out)).table().orElseThrow().rows();

        assertThat(now).hasSameSizeAs(then);
        for (int row = 0; row < now.size(); row++) {
            assertThat(now.get(row).region()).isEqualTo(then.get(row).region());
            assertThat(now.get(row).subset()).isEqualTo(then.get(row).subset());
            assertThat(now.get(row).measures().dice())
                    .isCloseTo(then.get(row).measures().dice(), within(1e-3));
        }
    }

    private EvaluationResult evaluate(Path out) throws IOException {
        RunFolder run = RunFolder.open(folder.resolve("imported"));
        return new EvaluationRun(run, Optional.empty(), EarlierRuns.AS_THEN, new Silent())
                .evaluate(folder.resolve("data"), out, folder.resolve("cache"));
    }

    @Test
    void theNetworkPredictsAsThen() throws IOException {
        Path out = folder.resolve("now.nii.gz");
        PlainPrediction.of(
                        RunFolder.open(folder.resolve("imported")),
                        Optional.of(Brats.BRATS2020.subset("flair+t2")))
                .predict(folder.resolve("data/Phantom-0001"), out, false);

        float[] now = NiftiReader.read(out).data();
        float[] then = NiftiReader.read(folder.resolve("prediction.nii.gz")).data();
        int differing = 0;
        for (int voxel = 0; voxel < then.length; voxel++) {
            differing += now[voxel] == then[voxel] ? 0 : 1;
        }
        assertThat(now).hasSameSizeAs(then);
        // A voxel whose two largest probabilities are all but equal may go to the other class.
        assertThat(differing).isLessThan(then.length / 1000);
    }

    @Test
    void aReportIsMadeOfAnEvaluatedFolder() throws IOException {
        Path evaluated = folder.resolve("evaluated");
        Path record = evaluated.resolve("evaluation.yaml");
        String text = Files.readString(record);
        Files.writeString(record, text.replace("/tmp/earlier", folder.toString()));
        Path report = folder.resolve("report.html");
        HtmlReport.write(evaluated, report);

        assertThat(report).content().contains("<h1>Evaluation of imported</h1>", "6.0");
    }
}
