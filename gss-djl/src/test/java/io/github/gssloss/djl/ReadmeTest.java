/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's use of the loss, compiled, run, and compared with what the README prints. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path SOURCE =
            Path.of("src/test/java/io/github/gssloss/djl/ReadmeTest.java");

    @Test
    void theExampleTrains() throws Exception {
        Engine.getInstance().setRandomSeed(7);
        try (NDManager manager = NDManager.newBaseManager()) {
            Dataset dataset = Training.dataset(manager);
            Metrics metrics = train(new TwoBranchNet(), dataset, new Shape(2, 2, 16, 16));
            assertThat(metrics.getMetric("train_epoch_distillation")).hasSize(3);
            assertThat(
                            metrics.getMetric("train_epoch_distillation")
                                    .get(2)
                                    .getValue()
                                    .doubleValue())
                    .isPositive();
        }
    }

    // Two encoders, three classes: the network gives the fused probabilities, then both branches'
    // logits.
    private static Metrics train(Block network, Dataset dataset, Shape input)
            throws IOException, TranslateException {
        Metrics metrics = new Metrics();
        // [README
        ClassGroups groups =
                ClassGroups.builder()
                        .setModalities(List.of("t1", "t2"))
                        .addClass("background", "t1", "t2")
                        .addClass("lesion", "t2")
                        .addClass("vessel", "t1")
                        .build();
        OutputLayout layout =
                OutputLayout.builder()
                        .setFused(0, OutputKind.PROBABILITIES)
                        .setBranchLogits(1, 2)
                        .build();
        GssLoss loss = new GssLoss(layout, GssConfig.builder().optGroups(groups).build());
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
        config.addTrainingListeners(TrainingListener.Defaults.logging());
        loss.parts().forEach(config::addEvaluator);
        try (Model model = Model.newInstance("mine")) {
            model.setBlock(network);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.setMetrics(metrics);
                trainer.initialize(input);
                EasyTrain.fit(trainer, 3, dataset, null);
            }
        }
        // README]
        return metrics;
    }

    @Test
    void theReadmePrintsWhatRunsHere() throws IOException {
        String source = Files.readString(SOURCE);
        int from = source.indexOf("        // [README\n") + "        // [README\n".length();
        int to = source.indexOf("        // README]\n", from);
        String example = source.substring(from, to).stripIndent();
        String readme = Files.readString(README).replace("\r\n", "\n");
        assertThat(readme).contains("```java\n" + example + "```");
    }
}
