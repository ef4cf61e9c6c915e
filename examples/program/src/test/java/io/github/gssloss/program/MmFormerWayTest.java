/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.gssloss.imaging.dataset.Brats;
import io.github.gssloss.imaging.measure.ScoreTable;
import io.github.gssloss.imaging.phantom.PhantomCohort;
import io.github.gssloss.imaging.phantom.PhantomSettings;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.evaluation.EvaluationResult;
import io.github.gssloss.program.evaluation.EvaluationRun;
import io.github.gssloss.program.evaluation.EvaluationSettings;
import io.github.gssloss.program.runfolder.Checkpoints;
import io.github.gssloss.program.runfolder.RunFolder;
import io.github.gssloss.program.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** mmFormer from phantoms on disk to a table, as small as it gets. */
class MmFormerWayTest {

    private static final Map<String, String> TINY =
            Map.ofEntries(
                    Map.entry("model.name", "mmformer"),
                    Map.entry("model.width", "2"),
                    Map.entry("model.heads", "2"),
                    Map.entry("model.tokenWidth", "8"),
                    Map.entry("model.hiddenWidth", "16"),
                    Map.entry("crop", "32"),
                    Map.entry("batch", "1"),
                    Map.entry("epochs", "2"),
                    Map.entry("iterations", "1"),
                    Map.entry("seed", "3"));

    @TempDir private Path folder;

    @Test
    void aRunIsRepeatableAndCanBeEvaluated() throws IOException {
        Path data = folder.resolve("phantoms");
        PhantomCohort.write(data, 1, PhantomSettings.ofSeed(5).withShape(32, 32, 32), done -> {});
        RunFolder run = train(data, "run");
        RunFolder again = train(data, "again");

        List<LossRow> losses = LossRow.read(run.losses());
        assertThat(losses).hasSize(2);
        assertThat(losses).allMatch(row -> row.parts().get("distillation") > 0);
        assertThat(losses).allMatch(row -> row.parts().get("auxiliary") > 0);
        assertThat(again.losses()).hasSameBinaryContentAs(run.losses());
        assertThat(names(run))
                .contains(
                        "t1ce_pos",
                        "multimodal_transformer.cross_attention_list.0.fn.fn.qkv.weight",
                        "decoder_fuse.RFM5.fusion_layer.2.conv.bias");

        EvaluationSettings settings =
                new EvaluationSettings(Brats.BRATS2020.allAndSingles(), EvaluationSettings.HALF);
        EvaluationRun evaluation =
                new EvaluationRun(
                        RunFolder.open(run.path()), Optional.empty(), settings, new Silent());
        EvaluationResult result =
                evaluation.evaluate(data, folder.resolve("evaluated"), folder.resolve("cache"));
        ScoreTable table = result.table().orElseThrow();
        assertThat(result.problems()).isEmpty();
        assertThat(table.rows()).hasSize(5 * 3);
    }

    private static List<String> names(RunFolder run) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return NpzFile.read(manager, Checkpoints.last(run)).stream()
                    .map(NDArray::getName)
                    .toList();
        }
    }

    private RunFolder train(Path data, String name) throws IOException {
        return new TrainingRun(RunSettings.of(TINY), new Silent())
                .run(data, folder.resolve(name), folder.resolve("cache"), "test", line -> {});
    }
}
