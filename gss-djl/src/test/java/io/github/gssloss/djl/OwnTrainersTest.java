/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.EarlyStoppingListener;
import ai.djl.training.listener.SaveModelTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.ModalityDice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole trainings as others write them: validation, early stopping on 1 - Dice, metrics, weights
 * saved and loaded again.
 */
class OwnTrainersTest {

    private static final int MOST_EPOCHS = 60;

    private final NDManager manager = NDManager.newBaseManager();
    @TempDir private Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource
    void aUnet(OutputKind kind) throws Exception {
        Engine.getInstance().setRandomSeed(7);
        ArrayDataset training = Training.dataset(manager);
        ArrayDataset validation = Training.dataset(manager);
        OutputLayout layout =
                OutputLayout.fusedThenBranches(2, OutputKind.PROBABILITIES, kind);
        GssLoss loss = new GssLoss(layout, GssConfig.builder().optGroups(Training.groups()).build());
        DiceScore error = DiceScore.builder().setClasses(1, 2).optName("error").optError(true).build();
        SaveModelTrainingListener saving = new SaveModelTrainingListener(folder.toString(), "unet", 1);
        DefaultTrainingConfig config = config(loss, error, "validate_error").addTrainingListeners(saving);
        Metrics metrics = new Metrics();
        NDArray image = Training.samples(manager).get(0).get("0:2");
        NDList outputs;
        ModalityDice dice;
        int epochs;
        try (Model model = Model.newInstance("unet")) {
            model.setBlock(new SmallUnet(kind));
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.setMetrics(metrics);
                trainer.initialize(FittedNetwork.INPUT);
                fit(trainer, training, validation);
                epochs = trainer.getTrainingResult().getEpoch();
                outputs = trainer.evaluate(new NDList(image));
                outputs.attach(manager);
                dice = FittedNetwork.measure(trainer, validation, layout);
            }
        }
        System.out.println("DBG " + epochs + " " + dice.toTable() + metrics.getMetric("validate_epoch_error"));
    }

    private static DefaultTrainingConfig config(GssLoss loss, DiceScore error, String monitored) {
        return new DefaultTrainingConfig(loss)
                .optOptimizer(
                        Adam.builder().optLearningRateTracker(Tracker.fixed(0.01f)).build())
                .addEvaluators(loss.parts())
                .addEvaluator(error)
                .addTrainingListeners(TrainingListener.Defaults.basic())
                .addTrainingListeners(
                        EarlyStoppingListener.builder()
                                .optMinEpochs(5)
                                .optEpochPatience(3)
                                .optMonitoredMetric(monitored)
                                .build());
    }

    private static void fit(Trainer trainer, ArrayDataset training, ArrayDataset validation)
            throws Exception {
        try {
            EasyTrain.fit(trainer, MOST_EPOCHS, training, validation);
        } catch (EarlyStoppingListener.EarlyStoppedException e) {
            System.out.println("DBG stop " + e.getMessage());
        }
    }
}
