/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the README's use of the loss. */
class ReadmeTest {

    @Test
    void theExampleTrains() throws Exception {
        Engine.getInstance().setRandomSeed(7);
        try (NDManager manager = NDManager.newBaseManager()) {
            Dataset dataset = Training.dataset(manager);
            Metrics metrics = new Metrics();
            try (Model model = Model.newInstance("mine")) {
                model.setBlock(new TwoBranchNet());
                train(model, dataset, new Shape(2, 2, 16, 16), metrics);
            }
            assertThat(metrics.getMetric("train_epoch_GssLoss_distillation")).hasSize(3);
            assertThat(
                            metrics.getMetric("train_epoch_GssLoss_distillation")
                                    .get(2)
                                    .getValue()
                                    .doubleValue())
                    .isPositive();
        }
    }

    // Two encoders, three classes: the network gives the fused probabilities, then both branches'
    // logits.
    private static void train(Model model, Dataset dataset, Shape input, Metrics metrics)
            throws IOException, TranslateException {
        // [README
        List<String> modalities = List.of("t1", "t2");
        String leaders = "background: t1, t2; lesion: t2; vessel: t1";
        ClassGroups groups = ClassGroups.parse(modalities, leaders);
        GssConfig settings = GssConfig.builder().optGroups(groups).build();
        GssLoss loss = new GssLoss(OutputLayout.fusedThenBranches(2), settings);
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
        config.addTrainingListeners(TrainingListener.Defaults.logging());
        config.addEvaluators(loss.parts());
        try (Trainer trainer = model.newTrainer(config)) {
            trainer.setMetrics(metrics);
            trainer.initialize(input);
            EasyTrain.fit(trainer, 3, dataset, null);
        }
        // README]
    }
}
