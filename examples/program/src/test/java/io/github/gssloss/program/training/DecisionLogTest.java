/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions on the way of a training. */
class DecisionLogTest {

    private static final List<String> CLASSES = List.of("BG", "NCR/NET", "ED", "ET");

    @TempDir private static Path folder;
    private static StoppedRuns runs;

    @BeforeAll
    static void train() throws IOException {
        runs = new StoppedRuns(folder);
    }

    @Test
    void everySecondStepHasARowWhoseSharesAddUpToOne() {
        RunFolder run = runs.whole();
        for (String name : CLASSES) {
            List<Series> columns =
                    SeriesCsv.read(run.decisions(), "step", DecisionLog.columns(name));
            assertThat(columns).hasSize(5);
            assertThat(columns.get(0).x()).containsExactly(0, 2, 4, 6, 8, 10);
            for (int row = 0; row < 6; row++) {
                double sum = 0;
                for (Series decision : columns.subList(0, 4)) {
                    sum += decision.y()[row];
                }
                // A batch without a voxel of the class has empty cells.
                assertThat(Double.isNaN(sum) || Math.abs(sum - 1) < 1e-12)
                        .as("%s, row %d: %s", name, row, sum)
                        .isTrue();
                assertThat(columns.get(4).y()[row]).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void backgroundIsThereInEveryBatch() {
        List<String> columns = DecisionLog.columns("BG");
        assertThat(columns)
                .containsExactly(
                        "BG ALL_LEADERS",
                        "BG SOME_LEADERS",
                        "BG MEMBERS",
                        "BG MINIMUM",
                        "BG teacher");
        assertThat(SeriesCsv.read(runs.whole().decisions(), "step", columns))
                .allSatisfy(one -> assertThat(one.y()).doesNotContain(Double.NaN));
    }

    @Test
    void aChartShowsEveryClass() throws IOException {
        BufferedImage chart = ImageIO.read(runs.whole().decisionsChart().toFile());
        assertThat(chart.getWidth()).isEqualTo(CLASSES.size() * 1440);
    }

    @Test
    void theTrainingIsTheSameWithoutALook() throws IOException {
        Map<String, String> values = new HashMap<>(StoppedRuns.TINY);
        values.put("decisionsEvery", "0");
        RunFolder never =
                new TrainingRun(RunSettings.of(values), new Silent())
                        .run(
                                runs.data(),
                                folder.resolve("never"),
                                runs.cache(),
                                "test",
                                line -> {});
        assertThat(never.losses()).hasSameBinaryContentAs(runs.whole().losses());
        assertThat(never.decisions()).doesNotExist();
        assertThat(never.decisionsChart()).doesNotExist();
    }
}
