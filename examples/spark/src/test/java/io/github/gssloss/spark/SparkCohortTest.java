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
import java.util.stream.Stream;
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
        run("run", 1);
        Files.delete(folder.resolve("data/Phantom-0002/Phantom-0002_seg.nii.gz"));
    }

    private void run(String name, int seed) throws IOException {
        RunSettings settings =
                RunSettings.of(Map.of("model.width", "4", "crop", "16", "loss.preset", "none"));
        RunFolder run = RunFolder.create(folder.resolve(name), settings, Map.of());
        Engine.getInstance().setRandomSeed(seed);
        try (RunNetwork network = RunNetwork.create(settings, Device.cpu())) {
            network.save(run.checkpoints().resolve(Checkpoints.name(1, network.checkpointType())));
        }
    }

    private EvaluationResult alone(CohortPlace place) throws IOException {
        return place.evaluation()
                .evaluate(Path.of(place.data()), Path.of(place.out()), Path.of(place.cache()));
    }

    private void sameTables() {
        for (String file : List.of("scores.csv", "summary.md", "summary.csv", "evaluation.yaml")) {
            assertThat(folder.resolve("spark").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
    }

    private CohortPlace place(String out) {
        return place(out, List.of("run"), "--subsets=all,flair+t2", "--overlap=0");
    }

    private CohortPlace place(String out, List<String> runs, String... options) {
        return new CohortPlace(
                runs.stream().map(run -> folder.resolve(run).toString()).toList(),
                List.of(),
                List.of(options),
                folder.resolve("data").toString(),
                folder.resolve(out).toString(),
                folder.resolve("cache").toString());
    }

    @Test
    void casesAsTasksGiveTheFilesOfOneMachine() throws IOException {
        EvaluationResult whole = alone(place("whole"));
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
            sameTables();
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

    /** Every measure on request, and windows that are seen in four ways by two networks. */
    @Test
    void measuresWindowsAndTheMeanOfTwoRunsAreThoseOfTheCommand() throws IOException {
        run("other", 2);
        List<String> both = List.of("run", "other");
        String[] how = {
            "--ensemble",
            "--mirror=x,z",
            "--window=gaussian",
            "--subsets=all",
            "--overlap=0.25",
            "--lesions=glioma",
            "--nsd=1",
            "--volume",
            "--empty-hd95=left-out"
        };
        EvaluationResult whole = alone(place("whole", both, how));
        try (SparkSession spark = LocalSpark.start()) {
            SparkCohort.Result result = new SparkCohort(place("spark", both, how)).run(spark);
            assertThat(result.evaluation().problems()).isEqualTo(whole.problems());
            sameTables();
            String columns = Files.readAllLines(folder.resolve("spark/scores.csv")).get(0);
            assertThat(String.join(",", result.scores().columns()))
                    .isEqualTo(columns)
                    .endsWith(",surface_dice,volume_error,measured_by");
            List<Score> scores = whole.table().orElseThrow().rows();
            List<Row> rows = result.scores().collectAsList();
            assertThat(rows).hasSameSizeAs(scores);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).<Double>getAs("volume_error"))
                        .isEqualTo(Metric.VOLUME_ERROR.of(scores.get(i).measures()));
                assertThat(rows.get(i).<String>getAs("measured_by"))
                        .isEqualTo("lesions=glioma;nsd=1;volume;empty-hd95=left-out");
            }
        }
    }

    @Test
    void theCheckpointThatIsNamedIsTaken() throws IOException {
        Path checkpoints = folder.resolve("run/checkpoints");
        Path first;
        try (Stream<Path> files = Files.list(checkpoints)) {
            first = files.findFirst().orElseThrow();
        }
        String name = first.getFileName().toString();
        Path second = checkpoints.resolve(name.replace("00001", "00002"));
        Files.copy(first, second);
        CohortPlace newest = place("out");
        assertThat(newest.evaluation().weights())
                .singleElement()
                .asString()
                .contains(second.getFileName().toString());
        CohortPlace named =
                new CohortPlace(
                        newest.runs(),
                        List.of(first.toString()),
                        newest.options(),
                        newest.data(),
                        newest.out(),
                        newest.cache());
        assertThat(named.evaluation().weights()).singleElement().asString().contains(name);
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
