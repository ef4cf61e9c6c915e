/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.runfolder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Ensemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads a message has the archive, not the folder that it was unpacked to. */
class ModelFilesTest {

    @TempDir private Path folder;
    private Path file;
    private RunFolder run;

    @BeforeEach
    void aModelMadeByHand() throws IOException {
        file = folder.resolve("model.zip");
        Path weights = Files.writeString(folder.resolve("epoch-00001.npz"), "numbers");
        Map<String, String> texts =
                Map.of(
                        "README.md", "# A model\n",
                        "settings.yaml", RunSettings.defaults().toYaml(),
                        "cases.yaml", "training: [1, 2]\n");
        ModelArchive.write(file, texts, weights);
        run = RunFolder.open(file);
    }

    @Test
    void casesThatDoNotFitAreNamedWithTheFile() {
        assertThatThrownBy(() -> RunCases.of(run))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + "/cases.yaml: expected the cases of a run, got: ")
                .hasMessageNotContaining("gss-model");
    }

    @Test
    void weightsThatDoNotFitAreNamedWithTheFile() {
        List<RunWeights> weights = List.of(RunWeights.of(run, Optional.empty()));
        assertThatThrownBy(() -> Ensemble.open(weights))
                .isInstanceOf(UserInputException.class)
                .hasMessageStartingWith(file + "/checkpoints/epoch-00001.npz: ")
                .hasMessageNotContaining("gss-model");
    }
}
