/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the soft target compares with the branches on the way of a training. */
class TeachingLogTest {

    private static final ClassGroups GROUPS = ClassGroups.brats2020();

    @TempDir private static Path folder;
    private static StoppedRuns runs;

    @BeforeAll
    static void train() throws IOException {
        runs = new StoppedRuns(folder);
    }

    private static Series column(Path file, String name) {
        return SeriesCsv.read(file, "step", List.of(name)).get(0);
    }

    @Test
    void theTargetHasItsDiceWhereTheClassIsLabelled() {
        RunFolder run = runs.whole();
        for (String name : GROUPS.classNames()) {
            Series target = column(run.teaching(), name + " target");
            assertThat(target.x()).containsExactly(0, 2, 4, 6, 8, 10);
            double[] decided = column(run.decisions(), name + " teacher").y();
            double[] within = column(run.decisions(), name + " MINIMUM").y();
            for (int row = 0; row < decided.length; row++) {
                double expected = Double.isNaN(within[row]) ? Double.NaN : decided[row];
                assertThat(target.y()[row])
                        .as("%s, row %d", name, row)
                        .isEqualTo(Double.valueOf(expected));
                for (String modality : GROUPS.modalities()) {
                    double dice = column(run.teaching(), name + " " + modality).y()[row];
                    assertThat(Double.isNaN(dice)).isEqualTo(Double.isNaN(expected));
                }
            }
        }
        assertThat(Arrays.stream(column(run.teaching(), "BG t1").y()))
                .allMatch(dice -> dice > 0 && dice <= 1);
    }

    @Test
    void bothTermsHaveAGradientAtEveryBranch() {
        Path file = runs.whole().teaching();
        for (String modality : GROUPS.modalities()) {
            assertThat(Arrays.stream(column(file, modality + " task").y()))
                    .allMatch(norm -> norm > 0);
            assertThat(Arrays.stream(column(file, modality + " distillation").y()))
                    .allMatch(norm -> norm > 0);
        }
        List<Series> ratios = new TeachingLog(runs.whole(), GROUPS).gradientRatios();
        assertThat(ratios).extracting(Series::name).isEqualTo(GROUPS.modalities());
        assertThat(ratios.get(1).y()[3])
                .isEqualTo(
                        column(file, "t1ce distillation").y()[3]
                                / column(file, "t1ce task").y()[3]);
    }

    @Test
    void withoutDistillationItsGradientIsZero() throws IOException {
        Map<String, String> values = new HashMap<>(StoppedRuns.TINY);
        values.put("loss.preset", "none");
        RunFolder baseline =
                new TrainingRun(RunSettings.of(values), new Silent())
                        .run(
                                runs.data(),
                                folder.resolve("baseline"),
                                runs.cache(),
                                "test",
                                line -> {});
        assertThat(Arrays.stream(column(baseline.teaching(), "flair task").y()))
                .allMatch(norm -> norm > 0);
        assertThat(column(baseline.teaching(), "flair distillation").y()).containsOnly(0);
    }

    @Test
    void aResumedRunHasTheSameTable() throws IOException {
        Path path = folder.resolve("resumed");
        runs.failAt(7, path, Map.of());
        runs.resume(path, new Silent());
        assertThat(path.resolve("teaching.csv")).hasSameBinaryContentAs(runs.whole().teaching());
    }

    @Test
    void aChartShowsEveryClassAndTheGradients() throws IOException {
        BufferedImage chart =
                ImageIO.read(runs.whole().teaching().resolveSibling("teaching.png").toFile());
        assertThat(chart.getWidth()).isEqualTo((GROUPS.numClasses() + 1) * 1440);
    }
}
