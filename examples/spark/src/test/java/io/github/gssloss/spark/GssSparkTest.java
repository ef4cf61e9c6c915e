/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the user can get wrong is said in one line, before Spark is started. */
class GssSparkTest {

    @TempDir private Path folder;

    @BeforeEach
    void aRunWithoutWeights() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        aRunWithoutWeights("run");
    }

    private void aRunWithoutWeights(String name) throws IOException {
        RunFolder.create(
                folder.resolve(name), RunSettings.of(Map.of("model.width", "4")), Map.of());
    }

    private List<String> lines(String... words) {
        StringWriter err = new StringWriter();
        CommandLine line = GssSpark.commandLine().setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(words));
        if (!words[0].equals("predict")) {
            all.add("--cache=" + folder.resolve("cache"));
        }
        all.add("--out=" + folder.resolve("out"));
        assertThat(line.execute(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
        return err.toString().lines().toList();
    }

    private List<String> cohort(String... more) {
        return ofTheRun("cohort", more);
    }

    private List<String> ofTheRun(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command, "--run=" + folder.resolve("run")));
        words.addAll(List.of(more));
        return lines(words.toArray(String[]::new));
    }

    @Test
    void aCohortIsChecked() {
        String data = "--data=" + folder.resolve("data");
        assertThat(cohort("--data=nowhere"))
                .containsExactly(
                        "gss-spark cohort: --data nowhere: expected a folder, got nothing there");
        assertThat(cohort(data, "--checkpoint=nothing.npz"))
                .containsExactly(
                        "gss-spark cohort: --checkpoint nothing.npz: expected a file, got nothing"
                                + " there");
        assertThat(cohort(data, "--overlap=1"))
                .containsExactly(
                        "gss-spark cohort: --overlap: expected a number from 0 to below 1, got"
                                + " 1.0");
        assertThat(cohort(data)).singleElement().asString().contains("checkpoint");
        assertThat(cohort(data, "--subsets=t9")).singleElement().asString().contains("t9");
        assertThat(cohort()).first().asString().contains("--data=FOLDER");
        assertThat(cohort(data, "--overlapp=1")).contains("Did you mean --overlap?").hasSize(3);
    }

    @Test
    void severalRunsAreNotCompared() throws IOException {
        Path weights = Files.createFile(folder.resolve("w.npz"));
        aRunWithoutWeights("other");
        String other = "--run=" + folder.resolve("other");
        String again = "--run=" + folder.resolve("run");
        String data = "--data=" + folder.resolve("data");
        assertThat(cohort(data, again, "--ensemble"))
                .containsExactly(
                        "gss-spark cohort: %s: expected each once, got it twice"
                                .formatted(again.replace("--run=", "--run ")));
        assertThat(cohort(data, other))
                .containsExactly(
                        "gss-spark cohort: --run: expected one, or --ensemble beside several, got"
                                + " 2: gss evaluate compares them");
        assertThat(cohort(data, other, "--checkpoint=" + weights))
                .containsExactly(
                        "gss-spark cohort: --checkpoint: expected a single --run beside it, got 2");
        assertThat(cohort(data, "--nsd=0"))
                .containsExactly(
                        "gss-spark cohort: --nsd: expected a tolerance in mm above 0, got 0");
    }

    @Test
    void aFileForResultsIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StringWriter err = new StringWriter();
        int exit =
                GssSpark.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "predict",
                                "--run=" + folder.resolve("run"),
                                "--data=" + folder.resolve("data"),
                                "--out=" + file);
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "gss-spark predict: --out %s: expected a folder for results, got a file"
                                .formatted(file));
    }

    @Test
    void aPredictionIsChecked() {
        String data = "--data=" + folder.resolve("data");
        assertThat(ofTheRun("predict", "--data=nowhere"))
                .containsExactly(
                        "gss-spark predict: --data nowhere: expected a folder, got nothing there");
        assertThat(ofTheRun("predict", data, "--mirror=q"))
                .containsExactly(
                        "gss-spark predict: --mirror: expected some of x, y, z with commas, each"
                                + " once, got q");
        assertThat(ofTheRun("predict", data)).singleElement().asString().contains("checkpoint");
    }

    @Test
    void anExperimentIsChecked() throws IOException {
        assertThat(lines("experiment", "no.yaml"))
                .containsExactly(
                        "gss-spark experiment: EXPERIMENT no.yaml: expected a file, got nothing"
                                + " there");
        String file = Files.writeString(folder.resolve("a.yaml"), "name: A\n").toString();
        assertThat(lines("experiment", file, "--evaluate=nowhere"))
                .containsExactly(
                        "gss-spark experiment: --evaluate nowhere: expected a folder, got nothing"
                                + " there");
        assertThat(lines("experiment", file))
                .singleElement()
                .asString()
                .contains("a.yaml: seeds: expected");
    }
}
