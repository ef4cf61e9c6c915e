/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.tracker.LinearTracker;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings that change over the training batches. */
class LossScheduleTest {

    private static final Shape SHAPE = new Shape(2, 4, 5, 6);
    private static final OutputLayout LAYOUT =
            OutputLayout.builder()
                    .setFused(0, OutputKind.LOGITS)
                    .setBranchLogits(1, 2, 3, 4)
                    .build();
    private static final GssConfig CONFIG = GssConfig.builder().optMaskRate(0).build();

    private final NDManager manager = NDManager.newBaseManager();
    private NDList logits;
    private NDList labels;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(13);
        logits = new NDList();
        for (int i = 0; i < 5; i++) {
            logits.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64));
        }
        labels = new NDList(manager.randomInteger(0, 4, new Shape(2, 5, 6), DataType.INT64));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** The same labels as another batch. */
    private static NDList another(NDList labels) {
        return new NDList(labels.get(0).duplicate());
    }

    private static GssLoss loss(LossSchedule.Builder schedule) {
        return GssLoss.builder()
                .setLayout(LAYOUT)
                .setConfig(CONFIG)
                .optSchedule(schedule.build())
                .build();
    }

    @Test
    void eachStepIsThatOfALossWithItsSettings() {
        Tracker beta = batch -> batch == 3 ? 0 : 0.25f * batch;
        Tracker temperature = batch -> 1 + batch;
        GssLoss ramped = loss(LossSchedule.builder().optBeta(beta).optTemperature(temperature));
        for (int batch = 1; batch <= 4; batch++) {
            GssConfig wanted =
                    CONFIG.toBuilder()
                            .optBeta(batch == 3 ? 0 : 0.25 * batch)
                            .optTemperature(1 + batch)
                            .build();
            assertThat(ramped.configAt(batch - 1)).isEqualTo(wanted);
            GssLoss fixed = new GssLoss(LAYOUT, wanted);
            NDList gradients = Gradients.autograd(logits, in -> fixed.evaluate(labels, in));
            NDList next = another(labels);
            NDList ours = Gradients.autograd(logits, in -> ramped.evaluate(next, in));
            assertThat(ramped.lastParts()).isEqualTo(fixed.lastParts());
            for (int i = 0; i < logits.size(); i++) {
                NDArray off = ours.get(i).sub(gradients.get(i)).abs().max();
                assertThat(off.getDouble()).as("output %d", i).isZero();
            }
            assertThat(ramped.lastParts().distillation() == 0).isEqualTo(batch == 3);
        }
    }

    @Test
    void theFactorIsBetaTauSquaredOfTheStep() {
        GssLoss constant = new GssLoss(LAYOUT, CONFIG.toBuilder().optBeta(0).build());
        double task = constant.evaluate(labels, logits).getDouble();
        GssLoss ramped =
                loss(
                        LossSchedule.builder()
                                .optBeta(Tracker.fixed(0.5f))
                                .optTemperature(Tracker.fixed(3)));
        GssConfig now = CONFIG.toBuilder().optTemperature(3).build();
        NDList branches = logits.subNDList(1);
        try (DistillationResult distilled = new GroupDistillation(now).evaluate(branches)) {
            double expected = task + 0.5 * 9 * distilled.loss().getDouble();
            assertThat(ramped.evaluate(labels, logits).getDouble())
                    .isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void theMaskRateMayFallAndDjlsTrackersFit() {
        Tracker rate =
                LinearTracker.builder().setBaseValue(1).optSlope(-0.25f).optMinValue(0.5f).build();
        GssLoss ramped = loss(LossSchedule.builder().optMaskRate(rate));
        assertThat(
                        List.of(
                                ramped.configAt(0).maskRate(),
                                ramped.configAt(1).maskRate(),
                                ramped.configAt(Long.MAX_VALUE - 1).maskRate()))
                .containsExactly(0.75, 0.5, 0.5);
        GssLoss dropped = loss(LossSchedule.builder().optMaskRate(Tracker.fixed(1)));
        dropped.evaluate(labels, logits);
        assertThat(dropped.lastParts().distillation()).isZero();
    }

    @Test
    void aResumedRunGoesOnWhereItWas() {
        GssLoss ramped = loss(LossSchedule.builder().optBeta(batch -> batch));
        double first = ramped.evaluate(labels, logits).getDouble();
        double second = ramped.evaluate(another(labels), logits).getDouble();
        assertThat(second).isGreaterThan(first);
        GssLoss resumed = loss(LossSchedule.builder().optBeta(batch -> batch));
        resumed.setStep(1);
        assertThat(resumed.evaluate(labels, logits).getDouble()).isEqualTo(second);
    }

    @Test
    void theListenerReportsWithTheSettingsOfItsBatch() throws Exception {
        List<Double> seen = new ArrayList<>();
        Teacher watching =
                input -> {
                    seen.add(input.config().temperature());
                    return input.temperedProbabilities().get(0);
                };
        GssConfig settings = Training.settings().toBuilder().optTeacher(watching).build();
        LossSchedule warming = LossSchedule.builder().optTemperature(batch -> batch).build();
        GssLoss loss =
                GssLoss.builder()
                        .setLayout(Training.layout())
                        .setConfig(settings)
                        .optSchedule(warming)
                        .build();
        DecisionListener listener = new DecisionListener(loss, 2);
        Training.fit(loss, 1, new Metrics(), config -> config.addTrainingListeners(listener));
        // The loss at every of the four batches, the listener at the first and the third.
        assertThat(seen).containsExactly(1.0, 1.0, 2.0, 3.0, 3.0, 4.0);
        assertThatThrownBy(() -> new DecisionListener(loss, 0))
                .hasMessage("every: expected a number of batches from 1, got 0");
    }

    @Test
    void aListenerFollowsTheStepThatIsSetAfterIt() {
        assertThat(reported(List.of(3L))).containsExactly(5L, 10L, 15L);
        // In the middle of a run.
        assertThat(reported(List.of(3L, 100L))).containsExactly(5L, 10L, 15L, 100L, 105L, 110L);
    }

    /** The batches of which every fifth is reported, thirteen after each step that is set. */
    private List<Long> reported(List<Long> steps) {
        GssLoss loss = loss(LossSchedule.builder());
        List<Long> reported = new ArrayList<>();
        DecisionListener listener =
                new DecisionListener(loss, 5) {
                    @Override
                    protected void report(Trainer trainer, DecisionShares shares) {
                        reported.add(loss.getStep() - 1);
                    }
                };
        for (long step : steps) {
            loss.setStep(step);
            for (int batch = 0; batch < 13; batch++) {
                NDList next = another(labels);
                loss.evaluate(next, logits);
                listener.onTrainingBatch(
                        null,
                        new BatchData(
                                null, Map.of(Device.cpu(), next), Map.of(Device.cpu(), logits)));
            }
        }
        return reported;
    }

    @Test
    void aTrackerThatChangesItselfIsAskedInOrder() {
        Tracker inOrder = steps();
        List<Double> expected = new ArrayList<>();
        for (int batch = 1; batch <= 26; batch++) {
            expected.add((double) inOrder.getNewValue(batch));
        }
        GssLoss loss = loss(LossSchedule.builder().optBeta(steps()));
        for (int step : new int[] {25, 0, 12, 0, 25, 11, 1}) {
            assertThat(loss.configAt(step).beta())
                    .as("step %d", step)
                    .isEqualTo(expected.get(step));
        }
        assertThat(expected.get(25)).isLessThan(expected.get(12));
        assertThat(expected.get(12)).isLessThan(expected.get(0));
        // The tracker alone, asked for a late batch first, gives its late value for ever.
        Tracker late = steps();
        late.getNewValue(26);
        assertThat((double) late.getNewValue(1)).isNotEqualTo(expected.get(0));
    }

    /** From 0.3, a tenth after 10 batches and again after 20. */
    private static Tracker steps() {
        return Tracker.multiFactor()
                .setBaseValue(0.3f)
                .setSteps(new int[] {10, 20})
                .optFactor(0.1f)
                .build();
    }

    @Test
    void valuesOutsideTheirRangeAreNamed() {
        assertThatThrownBy(() -> LossSchedule.builder().optFusedFrom(-1).build())
                .hasMessage("fusedFrom: expected a number of batches from 0, got -1");
        GssLoss cold = loss(LossSchedule.builder().optTemperature(batch -> 2 - batch));
        cold.evaluate(labels, logits);
        assertThatThrownBy(() -> cold.evaluate(another(labels), logits))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "training batch 2: temperature: expected a number from 0.001 to 1000.0, got"
                                + " 0.0");
        assertThat(logits).allMatch(output -> output.getManager().equals(manager));
        // Validation has no step: no tracker is asked.
        NDList fused = logits.subNDList(0, 1);
        assertThat(cold.evaluate(another(labels), fused).getDouble()).isPositive();
        assertThatThrownBy(() -> cold.configAt(-1))
                .hasMessage("step: expected a number of batches from 0, got -1");
        assertThatThrownBy(() -> GssLoss.builder().optSchedule(null))
                .hasMessage("schedule: expected a value, got null");
    }
}
