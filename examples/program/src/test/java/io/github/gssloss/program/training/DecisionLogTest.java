/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.StoppedRuns;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.report.Series;
import io.github.gssloss.program.report.SeriesCsv;
import io.github.gssloss.program.runfolder.RunCsv;
import io.github.gssloss.program.runfolder.RunFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
            List<Series> columns = SeriesCsv.read(run.decisions(), "step", columns(name));
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
        List<String> columns = columns("BG");
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

    private static List<String> columns(String className) {
        List<String> columns = new ArrayList<>(DecisionColumns.decisions(className));
        columns.add(DecisionColumns.targetDice(className));
        return columns;
    }

    @Test
    void theLaterColumnsFollowThoseOfEarlierVersions() throws IOException {
        List<String> header = SeriesCsv.header(runs.whole().decisions());
        assertThat(header.subList(0, 8))
                .containsExactly(
                        "epoch",
                        "step",
                        "undecided",
                        "BG ALL_LEADERS",
                        "BG SOME_LEADERS",
                        "BG MEMBERS",
                        "BG MINIMUM",
                        "BG teacher");
        assertThat(header.subList(23, 30))
                .containsExactly(
                        "trusted",
                        "BG trusted",
                        "BG ready",
                        "BG volume flair",
                        "BG volume t1ce",
                        "BG volume t1",
                        "BG volume t2");
        assertThat(header).hasSize(24 + 4 * 6);
        // Every target is believed, and there is no readiness.
        assertThat(values("trusted")).containsOnly(1);
        assertThat(values("ED ready")).containsOnly(Double.NaN);
        assertThat(Arrays.stream(values("BG volume t1")).boxed())
                .hasSize(6)
                .allSatisfy(ratio -> assertThat(ratio).isBetween(0.0, 100.0))
                .anySatisfy(ratio -> assertThat(ratio).isPositive());
    }

    private static double[] values(String column) {
        return SeriesCsv.read(runs.whole().decisions(), "step", List.of(column)).get(0).y();
    }

    @Test
    void aFileOfAnEarlierVersionKeepsItsColumns() throws IOException {
        Path path = folder.resolve("earlier");
        runs.failAt(8, path, Map.of());
        Path file = path.resolve("decisions.csv");
        Files.writeString(file, cut(file));
        runs.resume(path, new Silent());

        assertThat(file).hasContent(cut(runs.whole().decisions()));
        assertThat(path.resolve("decisions.png")).isRegularFile();
    }

    /** The table without its later columns: no cell before them has a comma. */
    private static String cut(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 23)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void trustAndReadinessAreDrawnWhereTheyAreNotOneThroughout() throws IOException {
        ClassGroups groups = ClassGroups.brats2020();
        List<String> names = new DecisionColumns(groups).all();
        List<List<String>> rows = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            List<String> row = new ArrayList<>();
            for (String name : names) {
                row.add(
                        switch (name) {
                            case "step" -> Integer.toString(step);
                            case "ED trusted" -> "0.5";
                            case "ET ready" -> step < 2 ? "0" : "1";
                            case "BG ready", "ED ready", "ET trusted" -> "1";
                            case "NCR/NET trusted", "NCR/NET ready" -> "";
                            default -> "0.25";
                        });
            }
            rows.add(row);
        }
        Path file = folder.resolve("drawn.csv");
        RunCsv csv = new RunCsv(file, names);
        for (List<String> row : rows) {
            csv.append(row);
        }
        DecisionCurves curves = new DecisionCurves(file, groups, 1);
        List<String> always =
                List.of("all leaders", "some leaders", "members", "minimum", "Dice of the target");
        assertThat(curves.series("NCR/NET")).extracting(Series::name).isEqualTo(always);
        assertThat(curves.series("ED"))
                .extracting(Series::name)
                .startsWith(always.toArray(String[]::new))
                .endsWith("trusted")
                .hasSize(6);
        assertThat(curves.series("ET")).extracting(Series::name).endsWith("ready").hasSize(6);
        assertThat(curves.series("ET").get(5).y()).containsExactly(0, 0, 1);
        curves.write(folder.resolve("drawn.png"));
        assertThat(folder.resolve("drawn.png")).isNotEmptyFile();
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
        assertThat(never.teaching()).doesNotExist();
    }
}
