/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.RunNetwork;
import io.github.gssloss.program.prediction.FolderPrediction;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Four cases, of which the third is damaged. */
class SparkPredictionTest {

    private static final List<String> HOW =
            List.of("--probabilities=uint8", "--entropy", "--mirror=x", "--fill-holes");

    @TempDir private Path folder;

    @BeforeEach
    void phantomsAndRuns() throws IOException {
        System.setProperty("OPT_OUT_TRACKING", "true");
        PhantomCohort.write(
                folder.resolve("data"),
                4,
                PhantomSettings.ofSeed(1).withShape(32, 32, 32),
                done -> {});
        for (int seed = 1; seed <= 2; seed++) {
            RunSettings settings =
                    RunSettings.of(Map.of("model.width", "4", "crop", "16", "loss.preset", "none"));
            RunFolder run = RunFolder.create(folder.resolve("run" + seed), settings, Map.of());
            Engine.getInstance().setRandomSeed(seed);
            try (RunNetwork network = RunNetwork.create(settings, Device.cpu())) {
                network.save(
                        run.checkpoints().resolve(Checkpoints.name(1, network.checkpointType())));
            }
        }
        Path damaged = folder.resolve("data/Phantom-0003/Phantom-0003_t1.nii.gz");
        byte[] whole = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    }

    private CohortPlace place(String out, List<String> how) {
        return new CohortPlace(
                List.of(folder.resolve("run1").toString(), folder.resolve("run2").toString()),
                List.of(),
                how,
                folder.resolve("data").toString(),
                folder.resolve(out).toString(),
                "");
    }

    /** Equal bytes, but for the seconds that a case took. */
    private void sameFiles() throws IOException {
        List<String> names = names("whole");
        assertThat(names("spark")).isEqualTo(names).hasSize(1 + 1 + 3 * (2 + 4 + 1));
        for (String name : names) {
            Path one = folder.resolve("whole").resolve(name);
            Path other = folder.resolve("spark").resolve(name);
            if (name.matches(".*[.](yaml|csv)")) {
                String seconds = "(?m)^seconds: .*$|,[0-9.]+$";
                assertThat(Files.readString(other).replaceAll(seconds, ""))
                        .isEqualTo(Files.readString(one).replaceAll(seconds, ""));
            } else {
                assertThat(other).hasSameBinaryContentAs(one);
            }
        }
    }

    private List<String> names(String out) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(out))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void casesAsTasksGiveTheFilesOfOneMachine() throws IOException {
        FolderPrediction.Result whole = place("whole", HOW).prediction().segment();
        assertThat(whole.problems()).singleElement().asString().contains("Phantom-0003");
        try (SparkSession spark = LocalSpark.start()) {
            FolderPrediction.Result result = new SparkPrediction(place("spark", HOW)).run(spark);
            assertThat(result.problems()).isEqualTo(whole.problems());
            assertThat(result.lines()).isEqualTo(whole.lines());
            sameFiles();

            Path first = folder.resolve("spark/Phantom-0001.nii.gz");
            FileTime before = Files.getLastModifiedTime(first);
            FolderPrediction.Result again = new SparkPrediction(place("spark", HOW)).run(spark);
            assertThat(Files.getLastModifiedTime(first)).isEqualTo(before);
            assertThat(again.lines()).contains("Phantom-0001: is there already").hasSize(3);

            // Executors that outlive the first prediction see what changed before the next.
            Files.copy(
                    folder.resolve("data/Phantom-0001/Phantom-0001_t1.nii.gz"),
                    folder.resolve("copy.nii.gz"));
            Files.move(
                    folder.resolve("copy.nii.gz"),
                    folder.resolve("data/Phantom-0003/Phantom-0003_t1.nii.gz"),
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(new SparkPrediction(place("spark", HOW)).run(spark).problems()).isEmpty();
            assertThat(folder.resolve("spark/Phantom-0003.failed")).doesNotExist();
            assertThat(Files.readAllLines(folder.resolve("spark/volumes.csv"))).hasSize(5);
        }
    }

    @Test
    void twoTasksNeverReplaceTheSameFiles() throws IOException {
        try (SparkSession spark =
                SparkSession.builder()
                        .master("local[1]")
                        .appName("test")
                        .config("spark.ui.enabled", "false")
                        .config("spark.speculation", "true")
                        .getOrCreate()) {
            SparkPrediction replacing = new SparkPrediction(place("out", List.of("--overwrite")));
            assertThatThrownBy(() -> replacing.run(spark))
                    .isInstanceOf(UserInputException.class)
                    .hasMessage(
                            "spark.speculation: expected false, as two tasks never replace the same"
                                    + " files, got true");
        }
        assertThat(folder.resolve("out")).doesNotExist();
    }

    /** The command joins the session of the test, and closes it. */
    @Test
    void theCommandPrintsWhatWasDoneAndWhatWasNot() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = GssSpark.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        Files.createFile(folder.resolve("data/Phantom-0001/mask.nii.gz"));
        try (SparkSession spark = LocalSpark.start()) {
            assertThat(spark.sparkContext().isLocal()).isTrue();
            int exit =
                    line.execute(
                            "predict",
                            "--run=" + folder.resolve("run1"),
                            "--data=" + folder.resolve("data"),
                            "--out=" + folder.resolve("out"),
                            "--modalities=flair,t2",
                            "--window=gaussian");
            // With these modalities the damaged file is read all the same: it decides the crop.
            assertThat(exit).isEqualTo(2);
        }
        assertThat(out.toString().lines())
                .anyMatch(text -> text.startsWith("Phantom-0004 with flair+t2: "))
                .contains("Segmentations and volumes.csv in " + folder.resolve("out"));
        assertThat(err.toString().lines())
                .anyMatch(text -> text.contains("Phantom-0003"))
                .anyMatch(text -> text.contains("left out mask.nii.gz"))
                .hasSize(2);
        assertThat(folder.resolve("out/Phantom-0004.yaml"))
                .content()
                .contains("windowWeights: \"gaussian\"", "modalities: \"flair+t2\"");
    }
}
