/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments whose arms hide modalities. */
class ExperimentMissingTest {

    @TempDir private Path folder;
    private Path scheme;
    private TrialExperiment trial;

    @BeforeEach
    void writeScheme() throws IOException {
        scheme = Files.writeString(folder.resolve("scheme.csv"), "Phantom-0001,t1ce\n");
        trial = new TrialExperiment(folder);
    }

    private String grid() {
        return TrialExperiment.GRID.replace("  gss: {}\n", "")
                + "  even: {missing: {rate: even, seed: 3}}\n  few: {missing: {scheme: "
                + scheme
                + "}}\n";
    }

    @Test
    void armsMayHideModalities() throws IOException {
        trial.run(grid(), "out");
        assertThat(trial.runner.done).contains("train even-seed2", "train few-seed1");
    }

    @Test
    void aSchemeThatDoesNotFitEndsItBeforeTheFirstCell() throws IOException {
        Files.writeString(scheme, "Phantom-0009,t1ce\n");
        assertThatThrownBy(() -> trial.run(grid(), "out"))
                .isInstanceOf(UserInputException.class)
                .hasMessage(
                        scheme
                                + ":1: expected the name of one of the 1 cases to train on, got"
                                + " 'Phantom-0009'");
        assertThat(trial.runner.done).isEmpty();
    }

    @Test
    void aRunOfAnotherSchemeIsNoCellOfTheExperiment() throws IOException {
        RunSettings settings = RunSettings.of(Map.of("missing.scheme", scheme.toString()));
        RunFolder run =
                RunFolder.create(folder.resolve("run"), settings, TrainingRun.scheme(settings));
        assertThatCode(() -> CellWork.checkSame(run, settings)).doesNotThrowAnyException();

        Files.writeString(scheme, "Phantom-0001,t2\n");
        assertThatThrownBy(() -> CellWork.checkSame(run, settings))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(
                        run.path() + ": was trained with another missingSchemeSha256 than that of");
    }
}
