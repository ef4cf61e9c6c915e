/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.EarlyStoppingListener;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.Balance;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.FallbackTeacher;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.ModalityDice;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.core.Readiness;
import io.github.gssloss.core.Teacher;
import io.github.gssloss.core.Trust;
import io.github.gssloss.core.UnreadyVote;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(List.of(layout.numOutputs(), layout.numBranches())).containsExactly(6, 2);
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
    void validation() throws Exception {
        OutputLayout layout = Training.layout();
        GssLoss loss = new GssLoss(layout, settings);
        List<Float> values = new ArrayList<>();
        FittedNetwork.use(
                new TwoBranchNet(),
                loss,
                config -> {},
                (trainer, dataset) -> {
                    // [validation
                    Loss validation = loss.forValidation();
                    for (Batch batch : trainer.iterateDataset(dataset)) {
                        try (batch) {
                            NDList outputs = trainer.evaluate(batch.getData());
                            NDArray value = validation.evaluate(batch.getLabels(), outputs);
                            values.add(value.getFloat());
                        }
                    }
                    // validation]
                });
        assertThat(values)
                .hasSize(Training.SAMPLES / Training.BATCH)
                .allMatch(value -> value > 0 && value < 10);
        assertThat(loss.getStep()).isZero();
    }

    @Test
    void halfPrecision() {
        OutputLayout layout = Training.layout();
        // [half
        GssLoss loss =
                GssLoss.builder().setLayout(layout).setConfig(settings).optLossScale(1024).build();
        // half]
        NDList outputs = new NDList();
        for (int i = 0; i < 3; i++) {
            outputs.add(
                    manager.randomNormal(new Shape(2, 3, 4, 4))
                            .softmax(1)
                            .toType(DataType.FLOAT16, false));
        }
        NDList labels = new NDList(manager.zeros(new Shape(2, 4, 4)));
        assertThat(loss.evaluate(labels, outputs).getDataType()).isEqualTo(DataType.FLOAT32);
    }

    @Test
    void ignoredLabels() {
        OutputLayout layout = Training.layout();
        // [ignored
        GssConfig ignoring = settings.toBuilder().optIgnoreIndex(255).build();
        GssLoss loss = new GssLoss(layout, ignoring);
        DiceScore dice = DiceScore.builder().setClasses(1, 2).optIgnoreIndex(255).build();
        // ignored]
        NDArray outputs = manager.randomNormal(new Shape(1, 3, 4, 4)).softmax(1);
        NDList labels = new NDList(manager.full(new Shape(1, 4, 4), 255));
        loss.evaluate(labels, new NDList(outputs, outputs, outputs));
        assertThat(loss.lastParts().distillation()).isZero();
        assertThat(dice.evaluate(labels, new NDList(outputs)).getFloat()).isEqualTo(1);
    }

    @Test
    void scores() throws Exception {
        GssLoss loss = new GssLoss(Training.layout(), settings);
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
        // [scores
        DiceScore error =
                DiceScore.builder().setClasses(1, 2).optName("error").optError(true).build();
        EarlyStoppingListener stopping =
                EarlyStoppingListener.builder()
                        .optEpochPatience(3)
                        .optMonitoredMetric("validate_error")
                        .build();
        config.addEvaluator(error);
        config.addEvaluator(new DiceScore("second", 2));
        config.addTrainingListeners(TrainingListener.Defaults.logging());
        config.addTrainingListeners(stopping);
        // scores]
        Metrics metrics =
                train(
                        loss,
                        more -> {
                            more.addEvaluators(config.getEvaluators());
                            more.addTrainingListeners(stopping);
                        });
        assertThat(metrics.getMetric("validate_epoch_error"))
                .hasSize(2)
                .allMatch(metric -> metric.getValue().doubleValue() <= 1);
        assertThat(metrics.getMetric("validate_epoch_second")).hasSize(2);
    }

    @Test
    void leaders() throws Exception {
        OutputLayout layout = Training.layout();
        List<ClassGroups> found = new ArrayList<>();
        FittedNetwork.use(
                new TwoBranchNet(),
                new GssLoss(layout, settings),
                config -> {},
                (trainer, dataset) -> {
                    EasyTrain.fit(trainer, 20, dataset, null);
                    // [leaders
                    BranchDice branches =
                            BranchDice.builder()
                                    .setLayout(layout)
                                    .setModalities(List.of("t1", "t2"))
                                    .setClasses(List.of("background", "lesion", "vessel"))
                                    .build();
                    ModalityDice dice = branches.measure(trainer, dataset);
                    ClassGroups groups = dice.within(0.05);
                    // leaders]
                    found.add(groups);
                });
        assertThat(found.get(0)).hasToString("background: t1, t2; lesion: t1; vessel: t2");
    }

    @Test
    void schedules() throws Exception {
        OutputLayout layout = Training.layout();
        // [ramp
        Tracker rising = Ramp.exponential(0, settings.beta(), 10_000);
        Tracker cooling = batch -> (float) (4 + 6 * Math.exp(-batch / 500.0));
        LossSchedule schedule =
                LossSchedule.builder()
                        .optBeta(rising)
                        .optTemperature(cooling)
                        .optFusedFrom(100)
                        .build();
        GssLoss loss =
                GssLoss.builder()
                        .setLayout(layout)
                        .setConfig(settings)
                        .optSchedule(schedule)
                        .build();
        // ramp]
        assertThat(loss.configAt(0).beta()).isBetween(0.0, 0.01 * settings.beta());
        assertThat(loss.configAt(100_000).beta()).isEqualTo((float) settings.beta());
        assertThat(loss.configAt(100_000).temperature()).isEqualTo(4);
        train(loss, config -> {});
        assertThat(loss.getStep()).isEqualTo(8);
        GssLoss resumed =
                GssLoss.builder()
                        .setLayout(layout)
                        .setConfig(settings)
                        .optSchedule(schedule)
                        .build();
        // [resume
        resumed.setStep(loss.getStep());
        resumed.setLeaderCounts(loss.getLeaderCounts());
        // resume]
        assertThat(resumed.configAt(resumed.getStep())).isEqualTo(loss.configAt(8));
    }

    @Test
    void remedies() throws Exception {
        OutputLayout layout = Training.layout();
        // [remedies
        GssConfig trusting = settings.toBuilder().optTrust(Trust.LABEL).build();
        GssConfig balanced = settings.toBuilder().optBalance(Balance.CLASS).build();
        Readiness bar = Readiness.of(0.3, 0.99, UnreadyVote.LABEL);
        GssConfig whenReady = settings.toBuilder().optReadiness(bar).build();
        Teacher votesElseFused = FallbackTeacher.VOTES_ELSE_FUSED;
        GssConfig withFallback = settings.toBuilder().optTeacher(votesElseFused).build();
        GssConfig passion = GssConfig.passion().toBuilder().optGroups(settings.groups()).build();
        // remedies]
        for (GssConfig config : List.of(trusting, balanced, whenReady, withFallback, passion)) {
            GssLoss loss = new GssLoss(layout, config);
            Metrics metrics = train(loss, more -> more.addEvaluators(loss.parts()));
            assertThat(metrics.getMetric("train_epoch_GssLoss_distillation"))
                    .hasSize(2)
                    .allMatch(metric -> metric.getValue().doubleValue() > 0);
            boolean counts = config.readiness().isPresent();
            assertThat(loss.getLeaderCounts()).hasSize(counts ? 3 * 3 : 0);
        }
    }

    @Test
    void whatIsLogged() throws Exception {
        GssLoss loss = new GssLoss(Training.layout(), settings);
        // [metrics
        DefaultTrainingConfig config = new DefaultTrainingConfig(loss);
        config.addEvaluators(loss.parts());
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
