/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.listener.EarlyStoppingListener;
import ai.djl.training.listener.SaveModelTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.ModalityDice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole trainings as others write them: validation, metrics, early stopping on 1 - Dice, weights
 * saved and loaded again.
 */
class OwnTrainersTest {

    private static final String ERROR = "error";
    private static final String MONITORED = "validate_" + ERROR;
    private static final String METRIC = "validate_epoch_" + ERROR;
    private static final int MOST_EPOCHS = 40;

    private final NDManager manager = NDManager.newBaseManager();
    private final Metrics metrics = new Metrics();
    @TempDir private Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    /**
     * Gradients of the loss, numbers in the metrics, a training that ends when it gets no better.
     */
    private static DefaultTrainingConfig config(GssLoss loss, float rate, int... classes) {
        return new DefaultTrainingConfig(loss)
                .optOptimizer(Adam.builder().optLearningRateTracker(Tracker.fixed(rate)).build())
                .addEvaluators(loss.parts())
                .addEvaluator(
                        DiceScore.builder()
                                .setClasses(classes)
                                .optName(ERROR)
                                .optError(true)
                                .build())
                .addTrainingListeners(TrainingListener.Defaults.basic())
                .addTrainingListeners(
                        EarlyStoppingListener.builder()
                                .optMinEpochs(5)
                                .optEpochPatience(3)
                                .optMonitoredMetric(MONITORED)
                                .build());
    }

    /** Returns whether the training was stopped early. */
    private static boolean fit(Trainer trainer, Dataset training, Dataset validation)
            throws IOException, TranslateException {
        try {
            EasyTrain.fit(trainer, MOST_EPOCHS, training, validation);
            return false;
        } catch (EarlyStoppingListener.EarlyStoppedException e) {
            return true;
        }
    }

    private List<Float> errors() {
        return metrics.getMetric(METRIC).stream()
                .map(metric -> metric.getValue().floatValue())
                .toList();
    }

    /** The epoch, from 0, with the lowest error. */
    private int best() {
        List<Float> errors = errors();
        return IntStream.range(0, errors.size())
                .boxed()
                .min(Comparator.comparing(errors::get))
                .orElseThrow();
    }

    /** The error as the training measured it, of a network that is trained no further. */
    private static float error(Trainer trainer, Dataset validation, int... classes)
            throws IOException, TranslateException {
        DiceScore error = DiceScore.builder().setClasses(classes).optError(true).build();
        error.addAccumulator("again");
        for (Batch batch : trainer.iterateDataset(validation)) {
            try (batch) {
                error.updateAccumulator(
                        "again", batch.getLabels(), trainer.evaluate(batch.getData()));
            }
        }
        return error.getAccumulator("again");
    }

    /** A U-Net of one's own whose branches are given as logits, or as probabilities. */
    @ParameterizedTest
    @EnumSource
    void aUnet(OutputKind branches) throws Exception {
        Engine.getInstance().setRandomSeed(7);
        ArrayDataset training = Training.dataset(manager);
        ArrayDataset validation = Training.dataset(manager);
        OutputLayout layout = OutputLayout.fusedThenBranches(2, OutputKind.PROBABILITIES, branches);
        GssConfig settings = GssConfig.builder().optGroups(Training.groups()).build();
        GssLoss loss = new GssLoss(layout, settings);
        try (Model model = Model.newInstance("unet")) {
            model.setBlock(new SmallUnet(branches));
            DefaultTrainingConfig config =
                    config(loss, 0.01f, 1, 2)
                            .addTrainingListeners(
                                    new SaveModelTrainingListener(folder.toString(), "unet", 1));
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.setMetrics(metrics);
                trainer.initialize(FittedNetwork.INPUT);
                assertThat(fit(trainer, training, validation)).isTrue();
            }
        }
        int epochs = errors().size();
        assertThat(loss.getStep()).isEqualTo((long) epochs * Training.SAMPLES / Training.BATCH);
        assertThat(metrics.getMetric("train_epoch_GssLoss_distillation")).hasSize(epochs);
        assertThat(metrics.getMetric("validate_epoch_GssLoss_distillation"))
                .allMatch(metric -> metric.getValue().doubleValue() == 0);
        try (Model model = Model.newInstance("unet")) {
            model.setBlock(new SmallUnet(branches));
            // The listener counts epochs from 1.
            model.load(folder, "unet", Map.of("epoch", String.valueOf(best() + 1)));
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss))) {
                trainer.initialize(FittedNetwork.INPUT);
                assertThat(error(trainer, validation, 1, 2)).isEqualTo(errors().get(best()));
                ModalityDice dice = FittedNetwork.measure(trainer, validation, layout);
                assertThat(FittedNetwork.ofOwnClass(dice)).allMatch(value -> value > 0.8);
            }
        }
    }

    @Test
    void aTracedNetwork() throws Exception {
        TracedTraining traced = new TracedTraining(manager);
        GssLoss loss = traced.loss();
        try (Model model = TracedTraining.load();
                Trainer trainer = model.newTrainer(config(loss, 0.02f, 1, 2, 3))) {
            trainer.setMetrics(metrics);
            TracedTraining.initialize(trainer);
            fit(trainer, traced.training(), traced.validation());
            model.save(folder, "traced");
        }
        List<Float> errors = errors();
        assertThat(loss.getStep())
                .isEqualTo(errors.size() * TracedTraining.SAMPLES / TracedTraining.BATCH);
        try (Model model = TracedTraining.load()) {
            model.load(folder, "traced");
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss))) {
                TracedTraining.initialize(trainer);
                assertThat(error(trainer, traced.validation(), 1, 2, 3))
                        .isEqualTo(errors.get(errors.size() - 1));
                ModalityDice dice =
                        BranchDice.builder()
                                .setLayout(TracedTraining.LAYOUT)
                                .setGroups(TracedTraining.groups())
                                .build()
                                .measure(trainer, traced.validation());
                for (int m = 0; m < TracedTraining.SHOWN.length; m++) {
                    assertThat(dice.value(m, TracedTraining.SHOWN[m]).orElse(0))
                            .as("branch %d", m)
                            .isGreaterThan(0.9);
                }
            }
        }
    }
}
