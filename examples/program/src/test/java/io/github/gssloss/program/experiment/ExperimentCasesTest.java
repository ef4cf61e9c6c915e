/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.Damage;
import io.github.gssloss.program.Silent;
import io.github.gssloss.program.config.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An experiment whose cases change. */
class ExperimentCasesTest {

    private static final String CASES =
            """
            name: Trial
            data:
              phantoms: {subjects: 1, shape: 32}
            evaluate:
              phantoms: {subjects: 1, seed: 1, shape: 32, noise: 0.1}
            subsets: [all, t1ce]
            settings: {model.width: 4, crop: 16}
            """;

    private static final String GRID =
            CASES
                    + """
                    seeds: [1, 2]
                    arms:
                      base: {loss.preset: none}
                      gss: {}
                    """;

    @TempDir private Path folder;
    private final FakeRunner runner = new FakeRunner();
    private final List<String> reported = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"data, 1", "evaluate, 1", "data, 2", "evaluate, 2"})
    void casesThatChangeBetweenCellsAreRefused(String purpose, int processes) throws IOException {
        Path changed =
                out("out").resolve("phantoms/" + purpose + "/Phantom-0001/Phantom-0001_t1.nii.gz");
        runner.trained = () -> Damage.TRUNCATED.to(changed);
        String yaml = GRID + "processes: " + processes + "\n";
        String message =
                Pattern.quote(
                                "%s: its cases have changed since it began: expected the %s case Phantom-0001 as it was, got "
                                        .formatted(out("out"), purpose))
                        + ".*; put them back, or choose another folder";
        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> run(yaml, "out"))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageMatching(message);
        }
        assertThat(runner.done).doesNotContain("train gss-seed2");

        Path there = changed.resolveSibling("../Phantom-0002");
        Files.move(changed.getParent(), there);
        assertThatThrownBy(() -> run(yaml, "out"))
                .hasMessageContaining("expected the " + purpose + " case Phantom-0001, found none");
    }

    private Path out(String name) {
        return folder.resolve(name);
    }

    private ExperimentResult run(String yaml, String out) throws IOException {
        return open(yaml, out).run(List.of(), List.of(), new Silent(), reported::add);
    }

    private ExperimentRun open(String yaml, String out) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), yaml);
        return new ExperimentRun(
                Experiment.read(file),
                Optional.empty(),
                Optional.empty(),
                out(out),
                folder.resolve("cache"),
                runner);
    }
}
