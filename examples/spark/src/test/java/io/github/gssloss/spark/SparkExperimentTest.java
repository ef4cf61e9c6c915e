/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkExperimentTest {

    @TempDir private Path folder;

    @Test
    void cellsAsTasksGiveTheTablesOfOneMachine() throws Exception {
        TinyExperiment tiny = TinyExperiment.of(folder, "[1]", 2);
        assertThat(tiny.alone("whole").failures()).isEmpty();
        List<String> notes = new ArrayList<>();
        try (SparkSession session = LocalSpark.start()) {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            SparkExperiment sweep = new SparkExperiment(tiny.place("spark"));
            assertThat(sweep.run(spark, notes::add).failures()).isEmpty();
            assertThat(notes)
                    .containsExactly(
                            "cell base-seed1 is finished (task 0, attempt 0)",
                            "cell gss-seed1 is finished (task 1, attempt 0)");
            notes.clear();
            assertThat(sweep.run(spark, notes::add).failures()).isEmpty();
            assertThat(notes).containsExactly("2 cells were finished before");
        }
        for (String table : List.of("results.md", "results.csv", "experiment.yaml")) {
            assertThat(folder.resolve("spark").resolve(table))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(table));
        }
        Path weights = Path.of("cells/gss-seed1/checkpoints/epoch-00004.npz");
        assertThat(folder.resolve("spark").resolve(weights))
                .hasSameBinaryContentAs(folder.resolve("whole").resolve(weights));
        assertThat(Files.readString(folder.resolve("spark/logs/gss-seed1.log")))
                .contains("Training 100 %");
    }

    @Test
    void twoTasksNeverWorkOnOneCell() throws Exception {
        TinyExperiment tiny = TinyExperiment.of(folder, "[1]", 2);
        try (SparkSession session =
                SparkSession.builder()
                        .master("local[1]")
                        .appName("test")
                        .config("spark.ui.enabled", "false")
                        .config("spark.speculation", "true")
                        .getOrCreate()) {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            assertThatThrownBy(() -> new SparkExperiment(tiny.place("out")).run(spark, line -> {}))
                    .isInstanceOf(UserInputException.class)
                    .hasMessage(
                            "spark.speculation: expected false, as two tasks never work on the"
                                    + " same cell, got true");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
