/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.config.Experiment;
import io.github.gssloss.program.config.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real runs of the smallest network. */
class CellWorkTest {

    private static final String TINY =
            """
            name: Tiny
            data:
              phantoms: {subjects: 2, shape: 32}
            evaluate:
              phantoms: {subjects: 1, seed: 1, shape: 32}
            subsets: [all, t1ce]
            overlap: 0
            seeds: [1]
            settings: {model.width: 4, crop: 16, batch: 1, epochs: 1, iterations: 3, loss.preset: none}
            """;

    @TempDir private Path folder;

    @Test
    void aRunThatDivergesLeavesTheOthersFinished() throws IOException {
        String yaml = TINY + "arms:\n  wild: {lr: 1.0e+30}\n  base: {}\n  slow: {lr: 1.0e-4}\n";
        ExperimentResult result = run(yaml, "out");

        assertThat(result.failures())
                .singleElement()
                .asString()
                .startsWith("wild-seed1 failed: ")
                .contains("finite");
        Path out = folder.resolve("out");
        assertThat(out.resolve("cells/base-seed1/losses.csv")).isNotEmptyFile();
        assertThat(out.resolve("evaluated/slow-seed1/summary.md")).isNotEmptyFile();
        assertThat(out.resolve("evaluated/wild-seed1")).doesNotExist();
        assertThat(out.resolve("logs/wild-seed1.log"))
                .content()
                .contains("finite", "\tat io.github.gssloss.program.training.Training");
        assertThat(Files.readString(out.resolve("cells.csv")))
                .contains("wild-seed1,wild,1,failed,", "slow-seed1,slow,1,finished,");
    }

    @Test
    void aRunThatWasStoppedGoesOn() throws IOException {
        run(TINY + "arms:\n  base: {}\n", "out");
        Path cells = folder.resolve("out/cells");
        Path losses = cells.resolve("base-seed1/losses.csv");
        String whole = Files.readString(losses);
        Path mark = Files.createFile(cells.resolve("base-seed1/mark"));
        forget();

        // workers changes no result.
        run(TINY + "arms:\n  base: {workers: 2}\n", "out");
        assertThat(mark).exists();
        assertThat(losses).hasContent(whole);
    }

    /** What was trained is never removed, be it unfinished. */
    @ParameterizedTest
    @CsvSource({
        "lr: 1.0e-4, 'there lr: 2.0E-4, now lr: 1.0E-4'",
        "checkpointEvery: 1, 'there checkpointEvery: 10, now checkpointEvery: 1'"
    })
    void anUntrainedCellWhoseSettingsDifferInAnythingIsRefused(String own, String difference)
            throws IOException {
        run(TINY + "arms:\n  base: {}\n", "out");
        Path run = folder.resolve("out/cells/base-seed1");
        Path losses = run.resolve("losses.csv");
        String trained = Files.readString(losses);
        forget();

        String refused =
                "%s: was trained with other settings than the experiment now has (%s); choose another folder, or remove this one"
                        .formatted(run, difference);
        assertThatThrownBy(() -> run(TINY + "arms:\n  base: {%s}\n".formatted(own), "out"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(refused);
        CellJob job = CellJob.read(job(run, own));
        assertThat(new CellWork().run(job, new Silent()).failure()).isEqualTo(refused);
        assertThat(losses).hasContent(trained);
        assertThat(run.resolve("checkpoints/epoch-00001.npz")).isNotEmptyFile();
    }

    private Path job(Path run, String own) throws IOException {
        String[] setting = own.split(": ", 2);
        RunSettings there =
                RunSettings.read(run.resolve("settings.yaml"), Map.of(setting[0], setting[1]));
        Path file = folder.resolve("job.yaml");
        new CellJob(
                        "base-seed1",
                        there,
                        folder,
                        folder,
                        folder.resolve("cache"),
                        run,
                        folder.resolve("evaluated"),
                        folder.resolve("outcome.yaml"),
                        folder.resolve("log"),
                        Optional.empty())
                .write(file);
        return file;
    }

    /** As if the program had been killed while it trained. */
    private void forget() throws IOException {
        Files.delete(folder.resolve("out/outcomes/base-seed1.yaml"));
    }

    @Test
    void anArmGoesOnFromTheWeightsOfItsStart() throws IOException {
        String yaml = TINY + "start: {epochs: 2}\narms:\n  base: {}\n";
        assertThat(run(yaml, "out").failures()).isEmpty();

        Path cells = folder.resolve("out/cells");
        assertThat(cells.resolve("base-seed1/settings.yaml"))
                .content()
                .contains("start-seed1/checkpoints/epoch-00002.npz");
        assertThat(cells.resolve("base-seed1/versions.yaml")).content().contains("weightsSha256");
        assertThat(folder.resolve("out/evaluated/start-seed1")).doesNotExist();
    }

    @Test
    void casesThatCannotBeEvaluatedAreTheFailureOfTheCell() throws IOException {
        Path cases = folder.resolve("cases");
        PhantomSettings small = PhantomSettings.ofSeed(1).withShape(32, 32, 32);
        PhantomCohort.write(cases, 1, small, done -> {});
        Path seg = cases.resolve("Phantom-0001/Phantom-0001_seg.nii.gz");
        Files.writeString(seg, "no gzip");

        String yaml = TINY.replaceFirst("evaluate:\n.*\n", "evaluate: " + cases + "\n");
        assertThat(run(yaml + "arms:\n  base: {}\n", "out").failures())
                .singleElement()
                .asString()
                .startsWith("base-seed1 failed: evaluation: ")
                .contains("Phantom-0001_seg.nii.gz");
    }

    private ExperimentResult run(String yaml, String out) throws IOException {
        Path file = Files.writeString(folder.resolve("tiny.yaml"), yaml);
        return new ExperimentRun(
                        Experiment.read(file),
                        Optional.empty(),
                        Optional.empty(),
                        folder.resolve(out),
                        folder.resolve("cache"),
                        new CellWork())
                .run(List.of(), List.of(), new Silent(), line -> {});
    }
}
