/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.Silent;
import io.github.gssloss.program.config.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(Files.readString(out.resolve("cells.csv")))
                .contains("wild-seed1,wild,1,failed,", "slow-seed1,slow,1,finished,");
    }

    @Test
    void aRunThatWasStoppedIsResumedAndOneOfOtherSettingsMakesWay() throws IOException {
        run(TINY + "arms:\n  base: {}\n", "out");
        Path cells = folder.resolve("out/cells");
        Path losses = cells.resolve("base-seed1/losses.csv");
        String whole = Files.readString(losses);
        Path mark = Files.createFile(cells.resolve("base-seed1/mark"));
        forget();

        run(TINY + "arms:\n  base: {}\n", "out");
        assertThat(mark).exists();
        assertThat(losses).hasContent(whole);

        forget();
        run(TINY + "arms:\n  base: {lr: 1.0e-4}\n", "out");
        assertThat(mark).doesNotExist();
        assertThat(losses).content().isNotEqualTo(whole);
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
        run(TINY + "arms:\n  base: {}\n", "out");
        Path out = folder.resolve("out");
        Path seg = out.resolve("phantoms/evaluate/Phantom-0001/Phantom-0001_seg.nii.gz");
        Files.writeString(seg, "no gzip");

        // The subset is new: the case must be read again.
        String changed = TINY.replace("[all, t1ce]", "[all, t2]") + "arms:\n  base: {}\n";
        ExperimentResult result = run(changed, "out");
        assertThat(result.failures())
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
