/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.report.page.HtmlReport;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.tables.ScoresCsv;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From phantoms on disk to a run folder, a table and pictures, as small as it gets. */
class WholeWayTest {

    private static final Map<String, String> TINY =
            Map.of(
                    "model.width", "4",
                    "crop", "16",
                    "epochs", "2",
                    "iterations", "2",
                    "checkpointEvery", "1",
                    "workers", "2",
                    "seed", "3");

    private static final EvaluationSettings FEW =
            new EvaluationSettings(Brats.BRATS2020.allAndSingles(), EvaluationSettings.HALF);

    @TempDir private static Path folder;
    private static Path data;

    @BeforeAll
    static void phantoms() {
        data = folder.resolve("phantoms");
        PhantomSettings settings = PhantomSettings.ofSeed(5).withShape(32, 32, 32);
        PhantomCohort.write(data, 2, settings, done -> {});
    }

    @Test
    void aRunLeavesItsRecordAndCanBeEvaluated() throws IOException {
        RunFolder run = train("evaluated", Map.of());
        List<LossRow> losses = LossRow.read(run.losses());
        assertThat(losses).hasSize(4);
        assertThat(losses.get(3).epoch()).isEqualTo(1);
        assertThat(losses.get(3).lr()).isLessThan(losses.get(0).lr());
        for (LossRow row : losses) {
            Map<String, Double> parts = row.parts();
            double task = parts.get("fused") + parts.get("branches") + parts.get("auxiliary");
            double total = 0.7 * task + 0.3 * 64 * parts.get("distillation");
            assertThat(parts.get("total")).isCloseTo(total, within(1e-4));
            assertThat(parts.get("distillation")).isPositive();
        }
        assertThat(run.checkpoints().resolve("epoch-00001.npz")).exists();
        assertThat(Checkpoints.last(run)).hasFileName("epoch-00002.npz");
        assertThat(run.learningCurve()).isNotEmptyFile();
        assertThat(run.path().resolve("versions.yaml")).content().contains("engine: ", "seed: ");

        Path out = folder.resolve("evaluation");
        EvaluationResult result =
                new EvaluationRun(RunFolder.open(run.path()), Optional.empty(), FEW, new Silent())
                        .evaluate(data, out, folder.resolve("cache"));
        ScoreTable table = result.table().orElseThrow();
        assertThat(result.problems()).isEmpty();
        assertThat(table.subsets()).isEqualTo(Brats.BRATS2020.allAndSingles());
        assertThat(table.cases()).isEqualTo(2);
        assertThat(ScoresCsv.read(out.resolve("scores.csv"), Brats.BRATS2020))
                .hasSize(2 * 5 * 3)
                .isEqualTo(table.rows());
        assertThat(out.resolve("overlay-Phantom-0002.png")).isNotEmptyFile();
        assertThat(out.resolve("decisions-Phantom-0002.png")).isNotEmptyFile();
        Path report = out.resolve("report.html");
        HtmlReport.write(out, report);
        assertThat(report)
                .content()
                .contains("<h1>Evaluation of evaluated</h1>", "4 steps in 2 epochs")
                .contains(image(out.resolve("overlay-Phantom-0001.png")))
                .contains(image(out.resolve("decisions-Phantom-0001.png")))
                .doesNotContain("left no picture", "no such file", "is not there");
    }

    @Test
    void theSameSeedGivesTheSameBits() throws IOException {
        RunFolder first = train("first", Map.of());
        RunFolder again = train("again", Map.of("workers", "1"));
        assertThat(again.losses()).hasSameBinaryContentAs(first.losses());
        assertThat(weights(again)).isEqualTo(weights(first));
        RunFolder other = train("other", Map.of("seed", "4"));
        assertThat(Files.readString(other.losses())).isNotEqualTo(Files.readString(first.losses()));
    }

    @Test
    void withoutDistillationTheTotalIsTheTask() throws IOException {
        RunFolder run = train("baseline", Map.of("loss.preset", "none", "epochs", "1"));
        Map<String, Double> parts = LossRow.read(run.losses()).get(0).parts();
        assertThat(parts.get("distillation")).isZero();
        assertThat(parts.get("total"))
                .isCloseTo(
                        parts.get("fused") + parts.get("branches") + parts.get("auxiliary"),
                        within(1e-4));
    }

    @Test
    void aRunWithoutCheckpointIsNamed() throws IOException {
        Path path = folder.resolve("bare");
        RunFolder bare = RunFolder.create(path, RunSettings.defaults(), Map.of());
        assertThatThrownBy(() -> new EvaluationRun(bare, Optional.empty(), FEW, new Silent()))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        path
                                + ": expected a checkpoint in "
                                + path.resolve("checkpoints")
                                + ", found none");
    }

    private static String image(Path file) throws IOException {
        String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        return "src=\"data:image/png;base64," + base64 + "\"";
    }

    /** The weights by name: the archives themselves carry the time they were written. */
    private static Map<String, FloatBuffer> weights(RunFolder run) {
        Map<String, FloatBuffer> weights = new HashMap<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            for (NDArray array : NpzFile.read(manager, Checkpoints.last(run))) {
                weights.put(array.getName(), FloatBuffer.wrap(array.toFloatArray()));
            }
        }
        assertThat(weights).hasSizeGreaterThan(100);
        return weights;
    }

    private static RunFolder train(String name, Map<String, String> more) throws IOException {
        Map<String, String> values = new HashMap<>(TINY);
        values.putAll(more);
        return new TrainingRun(RunSettings.of(values), new Silent())
                .run(data, folder.resolve(name), folder.resolve("cache"), "test", line -> {});
    }
}
