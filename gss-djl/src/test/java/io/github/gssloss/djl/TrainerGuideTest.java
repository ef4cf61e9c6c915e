/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.training.tracker.LinearTracker;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.PaperTeacher;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the code of the guide to the loss in a trainer. */
class TrainerGuideTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final GssConfig settings = Training.settings();

    @AfterEach
    void close() {
        manager.close();
    }

    private static Metrics train(Loss loss, Consumer<DefaultTrainingConfig> more) throws Exception {
        Metrics metrics = new Metrics();
        Training.fit(
                loss,
                2,
                metrics,
                config -> {
                    config.addTrainingListeners(new EvaluatorTrainingListener());
                    more.accept(config);
                });
        return metrics;
    }

    @Test
    void layouts() {
        // [layout
        OutputLayout layout =
                OutputLayout.builder()
                        .setFused(0, OutputKind.PROBABILITIES)
                        .setBranchLogits(1, 2)
                        .optBranchProbabilities(3, 4)
                        .optAuxiliary(OutputKind.PROBABILITIES, 5)
                        .build();
        // layout]
        assertThat(layout.numOutputs()).isEqualTo(6);
        assertThat(layout.numBranches()).isEqualTo(2);
    }

    @Test
    void labels() {
        Engine.getInstance().setRandomSeed(3);
        GssLoss loss = new GssLoss(Training.layout(), settings);
        NDList predictions = new NDList();
        for (int i = 0; i < 3; i++) {
            predictions.add(manager.randomNormal(new Shape(2, 3, 4, 4)).softmax(1));
        }
        NDArray classes = manager.zeros(new Shape(2, 4, 4));
        // [labels
        NDArray present = manager.create(new float[] {1, 1, 1, 0}, new Shape(2, 2));
        NDList labels = new NDList(classes, present);
        NDArray total = loss.evaluate(labels, predictions);
        LossParts parts = loss.lastParts();
        // labels]
        assertThat(parts.total()).isEqualTo(total.getFloat());
        assertThat(parts.distillation()).isPositive();
    }

    @Test
    void ownTaskLosses() throws Exception {
        OutputLayout layout = Training.layout();
        // [compose
        Loss loss =
                new SimpleCompositeLoss("mine")
                        .addLoss(new DistillationLoss(layout, settings))
                        .addLoss(new SoftDiceLoss());
        // compose]
        Metrics metrics = train(loss, config -> {});
        assertThat(metrics.getMetric("train_epoch_mine")).hasSize(2);
    }

    @Test
    void schedules() throws Exception {
        OutputLayout layout = Training.layout();
        // [ramp
        Tracker rising =
                LinearTracker.builder()
                        .setBaseValue(0)
                        .optSlope(0.001f)
                        .optMaxValue((float) settings.beta())
                        .build();
        Tracker cooling = batch -> (float) (4 + 6 * Math.exp(-batch / 500.0));
        LossSchedule schedule =
                LossSchedule.builder()
                        .optBeta(rising)
                        .optTemperature(cooling)
                        .optFusedFrom(100)
                        .build();
        GssLoss loss = GssLoss.builder()
                        .setLayout(layout)
                        .setConfig(settings)
                        .optSchedule(schedule)
                        .build();
        // ramp]
        assertThat(loss.configAt(0).beta()).isBetween(0.0, 0.001 + 1e-9);
        assertThat(loss.configAt(100_000).beta()).isEqualTo((float) settings.beta());
        assertThat(loss.configAt(100_000).temperature()).isEqualTo(4);
        train(loss, config -> {});
        assertThat(loss.getStep()).isEqualTo(8);
        GssLoss resumed = GssLoss.builder()
                        .setLayout(layout)
                        .setConfig(settings)
                        .optSchedule(schedule)
                        .build();
        // [resume
        resumed.setStep(loss.getStep());
        // resume]
        assertThat(resumed.configAt(resumed.getStep())).isEqualTo(loss.configAt(8));
    }

    @Test
    void whatIsLogged() throws Exception {
        GssLoss loss = new GssLoss(Training.layout(), settings);
        // [metrics
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
        for (Evaluator part : loss.parts()) {
            config.addEvaluator(part);
        }
        config.addTrainingListeners(new DecisionListener(loss, 100));
        // metrics]
        assertThat(config.getEvaluators()).hasSize(4);
        Metrics metrics =
                train(
                        loss,
                        more -> {
                            more.addEvaluators(loss.parts());
                            more.addTrainingListeners(config.getTrainingListeners().get(0));
                        });
        assertThat(metrics.getMetric("train_epoch_GssLoss_distillation")).hasSize(2);
        assertThat(metrics.getMetric("gss_undecided")).hasSize(1);
        assertThat(metrics.getMetric("gss_target_dice/second")).hasSize(1);
    }

    @Test
    void teachers() throws Exception {
        OutputLayout layout = Training.layout();
        // [fused
        GssConfig ablation = settings.toBuilder().optTeacher(PaperTeacher.FUSED).build();
        GssLoss loss = new GssLoss(layout, ablation);
        // fused]
        Metrics metrics = train(loss, more -> more.addEvaluators(loss.parts()));
        assertThat(metrics.getMetric("train_epoch_GssLoss_distillation")).hasSize(2);
    }
}
