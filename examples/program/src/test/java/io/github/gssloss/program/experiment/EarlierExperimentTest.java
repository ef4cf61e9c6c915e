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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment's folder with the names that its files had before. */
class EarlierExperimentTest {

    private static final String GRID =
            """
            data:
              phantoms: {subjects: 1, shape: 32}
            evaluate:
              phantoms: {subjects: 1, seed: 1, shape: 32, noise: 0.1}
            subsets: [all, t1ce]
            settings: {model.width: 4, crop: 16}
            seeds: [1, 2]
            arms:
              base: {loss.preset: none}
              gss: {}
            """;

    @TempDir private Path folder;
    private final FakeRunner runner = new FakeRunner();
    private Path out;

    @BeforeEach
    void name() {
        out = folder.resolve("out");
    }

    @Test
    void aFolderOfAnEarlierVersionGoesOn() throws IOException {
        run(GRID);
        Files.move(out.resolve("evaluated"), out.resolve("judged"));
        Files.move(out.resolve("phantoms/evaluate"), out.resolve("phantoms/judge"));
        for (String cell : List.of("base-seed1", "gss-seed1", "base-seed2")) {
            Path outcome = out.resolve("outcomes/" + cell + ".yaml");
            Files.writeString(outcome, Files.readString(outcome).replace("evaluate", "judge"));
            assertThat(outcome).content().contains("judgedWith: ", "judgeSeconds: 2.5");
        }
        Path record = out.resolve("experiment.yaml");
        String earlier =
                "data: '1 phantoms of 32 x 32 x 32, seed 0, noise 0.04, bias 0.15, contrast 1.0'\n"
                    + "judge: '1 phantoms of 32 x 32 x 32, seed 1, noise 0.1, bias 0.15, contrast"
                    + " 1.0'\n";
        Files.writeString(record, earlier);
        Files.delete(out.resolve("outcomes/gss-seed2.yaml"));
        runner.done.clear();

        assertThat(run(GRID.replace("evaluate:", "judge:")).failures()).isEmpty();

        assertThat(runner.done).containsExactly("train gss-seed2", "evaluate gss-seed2");
        assertThat(out.resolve("judged/gss-seed2/scores.csv")).isNotEmptyFile();
        assertThat(out.resolve("evaluated")).doesNotExist();
        assertThat(out.resolve("phantoms/evaluate")).doesNotExist();
        // What the cases are is recorded from now on.
        assertThat(record)
                .content()
                .contains("1 phantoms of 32 x 32 x 32, seed 0", "dataCases:", "evaluateCases:");
    }

    private ExperimentResult run(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.yaml"), yaml);
        return new ExperimentRun(
                        Experiment.read(file),
                        Optional.empty(),
                        Optional.empty(),
                        out,
                        out.resolve("cache"),
                        runner)
                .run(List.of(), List.of(), new Silent(), line -> {});
    }
}
