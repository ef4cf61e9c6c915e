/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.model.TorchScriptNetworkTest;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network from PyTorch from phantoms on disk to a table and a segmentation. */
class TorchScriptWayTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                TorchScriptNetworkTest.TRACED + "|" + TorchScriptNetworkTest.TRACED_LAYOUT,
                TorchScriptNetworkTest.SCRIPTED + "|" + TorchScriptNetworkTest.SCRIPTED_LAYOUT
            })
    void itLearnsWithGssAndIsEvaluated(String name, String layout) throws IOException {
        Path data = folder.resolve("phantoms");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
        RunFolder run = train(name, layout, data, "run");
        RunFolder again = train(name, layout, data, "again");

        List<LossRow> losses = LossRow.read(run.losses());
        assertThat(losses).hasSize(20);
        assertThat(losses).allMatch(row -> row.parts().get("distillation") > 0);
        assertThat(losses.get(19).parts().get("total"))
                .isLessThan(0.95 * losses.get(0).parts().get("total"));
        assertThat(again.losses()).hasSameBinaryContentAs(run.losses());
        assertThat(Checkpoints.last(run)).hasFileName("epoch-00002.pt");

        RunFolder opened = RunFolder.open(run.path());
        EvaluationSettings all =
                new EvaluationSettings(List.of(Brats.BRATS2020.all()), EvaluationSettings.HALF);
        EvaluationResult result =
                new EvaluationRun(opened, Optional.empty(), all, new Silent())
                        .evaluate(data, folder.resolve("evaluated"), folder.resolve("cache"));
        assertThat(result.problems()).isEmpty();
        assertThat(result.table().orElseThrow().rows()).hasSize(3);
        // The scripted network shows its branches in training alone.
        assertThat(
                        folder.resolve("evaluated")
                                .resolve("decisions-Phantom-0001.png")
                                .toFile()
                                .exists())
                .isEqualTo(name.equals(TorchScriptNetworkTest.TRACED));
    }

    private RunFolder train(String name, String layout, Path data, String run) throws IOException {
        Map<String, String> values =
                Map.of(
                        // The whole phantom in every step, so that the losses can be compared.
                        "crop", "32",
                        "augment", "false",
                        "batch", "1",
                        "lr", "0.02",
                        "epochs", "2",
                        "iterations", "10");
        return new TrainingRun(TorchScriptNetworkTest.settings(name, layout, values), new Silent())
                .run(data, folder.resolve(run), folder.resolve("cache"), "test", line -> {});
    }
}
