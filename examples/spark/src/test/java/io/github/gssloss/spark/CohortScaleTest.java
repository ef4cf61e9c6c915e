/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.files.WholeFile;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.dataset.ModalitySubset;
import io.github.gssloss.imaging.dataset.Region;
import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Measures;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.program.tables.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 2,000 cases through Spark, with drawn scores in place of a segmentation. */
class CohortScaleTest {

    private static final int CASES = 2000;

    /** 15 subsets of 3 regions. */
    private static final int ROWS = 45;

    @TempDir private Path folder;

    private static List<Score> draw(String name) {
        Random random = new Random(name.hashCode());
        List<Score> scores = new ArrayList<>();
        for (ModalitySubset subset : Brats.BRATS2020.subsets()) {
            for (Region region : Brats.BRATS2020.regions()) {
                double dice = random.nextDouble();
                scores.add(
                        new Score(
                                name,
                                subset,
                                region,
                                new Measures(dice, dice, dice, dice, dice, dice, 100 * dice)));
            }
        }
        return scores;
    }

    /** As a case leaves its scores. */
    private static List<Score> stub(String out, String name) throws IOException {
        List<Score> scores = draw(name);
        String text = ScoresCsv.text(scores);
        WholeFile.write(Path.of(out).resolve(name + ".csv"), text);
        return scores;
    }

    @Test
    void driverMemoryAndFilesHold() throws IOException {
        List<String> names =
                IntStream.range(0, CASES).mapToObj(i -> "Case-%05d".formatted(i)).toList();
        String out = folder.toString();
        long begun = System.nanoTime();
        try (SparkSession spark = LocalSpark.start()) {
            Dataset<Row> scores =
                    SparkCohort.scores(
                            spark, names, MeasureSettings.USUAL, name -> stub(out, name));
            assertThat(scores.count()).isEqualTo((long) CASES * ROWS);
            double seconds = (System.nanoTime() - begun) / 1e9;

            Iterator<Row> rows = scores.collectAsList().iterator();
            for (String name : names) {
                for (Score score : draw(name)) {
                    Row row = rows.next();
                    assertThat(row.getString(0)).isEqualTo(name);
                    assertThat(row.<Double>getAs("dice")).isEqualTo(score.measures().dice());
                }
            }
            assertThat(rows.hasNext()).isFalse();
            Runtime.getRuntime().gc();
            long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            System.out.printf(
                    "%d cases, %d rows: %.1f s, driver and executor hold %d MiB%n",
                    CASES, CASES * ROWS, seconds, used >> 20);
            assertThat(used).isLessThan(1L << 30);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(CASES);
        }
    }
}
