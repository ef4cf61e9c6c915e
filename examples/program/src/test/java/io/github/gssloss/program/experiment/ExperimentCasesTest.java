/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static io.github.gssloss.program.experiment.TrialExperiment.GRID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An experiment whose cases change. */
class ExperimentCasesTest {

    @TempDir private Path folder;
    private TrialExperiment trial;

    @BeforeEach
    void trial() {
        trial = new TrialExperiment(folder);
    }

    @ParameterizedTest
    @CsvSource({"data, 1", "evaluate, 1", "data, 2", "evaluate, 2"})
    void casesThatChangeBetweenCellsAreRefused(String purpose, int processes) throws IOException {
        Path changed =
                trial.out("out")
                        .resolve("phantoms/" + purpose + "/Phantom-0001/Phantom-0001_t1.nii.gz");
        // Once, when all cells that work at the same time have begun: none looks at it meanwhile.
        CyclicBarrier begun = new CyclicBarrier(processes, () -> truncate(changed));
        trial.runner.trained = () -> await(begun);
        String yaml = GRID + "processes: " + processes + "\n";
        String message =
                "%s: its cases have changed since it began: expected the %s case Phantom-0001 as it"
                    + " was, got files of other content; put them back, or choose another folder";
        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> trial.run(yaml, "out"))
                    .isInstanceOf(UserInputException.class)
                    .hasMessage(message, trial.out("out"), purpose);
        }
        assertThat(trial.runner.done).doesNotContain("train gss-seed2");

        Path there = changed.resolveSibling("../Phantom-0002");
        Files.move(changed.getParent(), there);
        assertThatThrownBy(() -> trial.run(yaml, "out"))
                .hasMessageContaining("expected the " + purpose + " case Phantom-0001, found none");
    }

    private static void truncate(Path file) {
        try {
            Damage.TRUNCATED.to(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
    }
}
