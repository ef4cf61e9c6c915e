/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SparkCohortTest {

    @TempDir private Path folder;

    @BeforeEach
    void phantomsAndARun() throws IOException {
        System.setProperty("OPT_OUT_TRACKING", "true");
        PhantomCohort.write(
                folder.resolve("data"),
                4,
                PhantomSettings.ofSeed(1).withShape(32, 32, 32),
                done -> {});
        RunSettings settings =
                RunSettings.of(Map.of("model.width", "4", "crop", "16", "loss.preset", "none"));
        RunFolder run = RunFolder.create(folder.resolve("run"), settings, Map.of());
        Engine.getInstance().setRandomSeed(1);
        try (RunNetwork network = RunNetwork.create(settings, Device.cpu())) {
            network.save(run.checkpoints().resolve(Checkpoints.name(1, network.checkpointType())));
        }
        Files.delete(folder.resolve("data/Phantom-0002/Phantom-0002_seg.nii.gz"));
    }

    private CohortPlace place(String out) {
        return new CohortPlace(
                folder.resolve("run").toString(),
                "",
                List.of("all", "flair+t2"),
                0,
                false,
                folder.resolve("data").toString(),
                folder.resolve(out).toString(),
                folder.resolve("cache").toString());
    }

    @Test
    void casesAsTasksGiveTheFilesOfOneMachine() throws IOException {
        EvaluationResult whole =
                place("whole")
                        .evaluation()
                        .evaluate(
                                folder.resolve("data"),
                                folder.resolve("whole"),
                                folder.resolve("cache"));
        try (SparkSession spark = LocalSpark.start()) {
            SparkCohort.Result result = new SparkCohort(place("spark")).run(spark);

            assertThat(result.evaluation().problems()).isEqualTo(whole.problems()).hasSize(1);
            List<Score> scores = whole.table().orElseThrow().rows();
            List<Row> rows = result.scores().collectAsList();
            assertThat(rows).hasSameSizeAs(scores);
            String columns = Files.readAllLines(folder.resolve("spark/scores.csv")).get(0);
            assertThat(String.join(",", result.scores().columns())).isEqualTo(columns);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).<String>getAs("case")).isEqualTo(scores.get(i).caseName());
                assertThat(rows.get(i).<Double>getAs("dice"))
                        .isEqualTo(Metric.DICE.of(scores.get(i).measures()));
            }
            for (String file :
                    List.of("scores.csv", "summary.md", "summary.csv", "evaluation.yaml")) {
                assertThat(folder.resolve("spark").resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
            }
            assertThat(folder.resolve("spark/report.html")).isNotEmptyFile();
            assertThat(folder.resolve("spark/overlay-Phantom-0004.png")).isNotEmptyFile();

            Path first = folder.resolve("spark/cases/Phantom-0001.csv");
            FileTime before = Files.getLastModifiedTime(first);
            new SparkCohort(place("spark")).run(spark);
            assertThat(Files.getLastModifiedTime(first)).isEqualTo(before);

            // What changes between two evaluations is seen by executors that outlive the first.
            Files.copy(
                    folder.resolve("data/Phantom-0001/Phantom-0001_seg.nii.gz"),
                    folder.resolve("data/Phantom-0002/Phantom-0002_seg.nii.gz"));
            SparkCohort.Result more = new SparkCohort(place("spark")).run(spark);
            assertThat(more.evaluation().problems()).isEmpty();
            assertThat(more.scores().count()).isEqualTo(scores.size() + 6);
        }
    }

    @Test
    void aParquetFolderThatExistsIsRefusedBeforeTheWork() throws IOException {
        StringWriter err = new StringWriter();
        CommandLine line = GssSpark.commandLine().setErr(new PrintWriter(err, true));
        Path parquet = folder.resolve("data");
        // The command joins this session, and closes it.
        try (SparkSession spark = LocalSpark.start()) {
            assertThat(spark.sparkContext().isLocal()).isTrue();
            int exit =
                    line.execute(
                            "cohort",
                            "--run=" + folder.resolve("run"),
                            "--data=" + folder.resolve("data"),
                            "--out=" + folder.resolve("out"),
                            "--cache=" + folder.resolve("cache"),
                            "--parquet=" + parquet);
            assertThat(exit).isEqualTo(2);
        }
        assertThat(err.toString().strip())
                .isEqualTo(
                        "gss-spark cohort: --parquet %s: expected a new folder, got one that exists"
                                .formatted(parquet));
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
