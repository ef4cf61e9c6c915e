/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.listener.TrainingListenerAdapter;
import io.github.gssloss.core.ClassDecisions;
import io.github.gssloss.core.Decision;
import io.github.gssloss.core.DecisionShares;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.PaperTeacher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionListenerTest {

    private static final int EPOCHS = 3;
    private static final int BATCHES = EPOCHS * Training.SAMPLES / Training.BATCH;

    private static DecisionListener listener(int every) {
        return new DecisionListener(Training.layout(), Training.settings(), every);
    }

    @Test
    void aTrainingEndsWithTheSameWeightsWithAndWithoutIt() throws Exception {
        List<float[]> without = weights();
        List<float[]> with = weights(listener(1));
        assertThat(with).hasSameSizeAs(without);
        for (int i = 0; i < with.size(); i++) {
            assertThat(with.get(i)).as("parameter %d", i).isEqualTo(without.get(i));
        }
    }

    private static DistillationInput.Builder input(NDList predictions) {
        return DistillationInput.builder()
                .setBranchLogits(new NDList(predictions.get(1), predictions.get(2)));
    }

    private static List<float[]> weights(TrainingListener... listeners) throws Exception {
        GssLoss loss = new GssLoss(Training.layout(), Training.settings());
        return Training.fit(
                loss, EPOCHS, new Metrics(), config -> config.addTrainingListeners(listeners));
    }

    @Test
    void theMetricsAreTheSharesOfEveryFifthTrainingBatch() throws Exception {
        List<DecisionShares> wanted = new ArrayList<>();
        TrainingListener all =
                new TrainingListenerAdapter() {
                    @Override
                    public void onTrainingBatch(Trainer trainer, BatchData batch) {
                        NDList predictions = batch.getPredictions().get(Device.cpu());
                        wanted.add(
                                DecisionShares.of(
                                        new GroupDistillation(Training.settings()),
                                        input(predictions)
                                                .optLabels(
                                                        batch.getLabels().get(Device.cpu()).get(0))
                                                .build()));
                    }
                };
        Metrics metrics = new Metrics();
        GssLoss loss = new GssLoss(Training.layout(), Training.settings());
        Training.fit(
                loss,
                EPOCHS,
                metrics,
                config -> config.addTrainingListeners(all).addTrainingListeners(listener(5)));
        assertThat(wanted).hasSize(BATCHES);
        List<DecisionShares> reported = List.of(wanted.get(0), wanted.get(5), wanted.get(10));
        assertThat(values(metrics, "gss_undecided"))
                .containsExactlyElementsOf(
                        reported.stream().map(DecisionShares::undecided).toList());
        for (int c = 0; c < TwoBranchNet.CLASSES; c++) {
            int at = c;
            List<ClassDecisions> ofClass = reported.stream().map(s -> s.classes().get(at)).toList();
            String name = ofClass.get(0).className();
            for (Decision decision : Decision.values()) {
                assertThat(values(metrics, "gss_decision/" + name + "/" + decision))
                        .containsExactlyElementsOf(
                                ofClass.stream().map(one -> one.share(decision)).toList());
                assertThat(values(metrics, "gss_decision_within/" + name + "/" + decision))
                        .containsExactlyElementsOf(
                                ofClass.stream()
                                        .map(one -> one.shareWithin(decision).orElseThrow())
                                        .toList());
            }
            assertThat(values(metrics, "gss_target_dice/" + name))
                    .containsExactlyElementsOf(
                            ofClass.stream().map(one -> one.targetDice().orElseThrow()).toList());
        }
    }

    @Test
    void aTeacherThatIsTheFusedOutputIsEvaluatedAsSuch() throws Exception {
        GssConfig settings = Training.settings().toBuilder().optTeacher(PaperTeacher.FUSED).build();
        DecisionListener listener = new DecisionListener(Training.layout(), settings, 1);
        List<DecisionShares> wanted = new ArrayList<>();
        TrainingListener probe =
                new TrainingListenerAdapter() {
                    @Override
                    public void onTrainingBatch(Trainer trainer, BatchData batch) {
                        NDList predictions = batch.getPredictions().get(Device.cpu());
                        wanted.add(
                                DecisionShares.of(
                                        new GroupDistillation(settings),
                                        input(predictions)
                                                .optLabels(
                                                        batch.getLabels().get(Device.cpu()).get(0))
                                                .optFused(predictions.get(0))
                                                .build()));
                        NDManager manager = batch.getBatch().getManager();
                        int before = manager.getManagedArrays().size();
                        listener.onTrainingBatch(trainer, batch);
                        assertThat(manager.getManagedArrays()).hasSize(before);
                    }
                };
        Metrics metrics = new Metrics();
        Training.fit(
                new GssLoss(Training.layout(), settings),
                1,
                metrics,
                config -> config.addTrainingListeners(probe));
        String name = wanted.get(0).classes().get(0).className();
        assertThat(values(metrics, "gss_target_dice/" + name))
                .containsExactlyElementsOf(
                        wanted.stream()
                                .map(one -> one.classes().get(0).targetDice().orElseThrow())
                                .toList());
    }

    private static List<Double> values(Metrics metrics, String name) {
        return metrics.getMetric(name).stream()
                .map(Metric::getValue)
                .map(Number::doubleValue)
                .toList();
    }

    @Test
    void absentModalitiesAreLeftOutAndNothingStaysOnTheBatch() throws Exception {
        List<Double> noModality = new ArrayList<>();
        TrainingListener probe =
                new TrainingListenerAdapter() {
                    @Override
                    public void onTrainingBatch(Trainer trainer, BatchData batch) {
                        NDManager manager = batch.getBatch().getManager();
                        NDArray present = manager.create(new float[] {1, 0, 0, 0}, new Shape(2, 2));
                        NDArray labels = batch.getLabels().get(Device.cpu()).get(0);
                        BatchData missing =
                                new BatchData(
                                        batch.getBatch(),
                                        Map.of(Device.cpu(), new NDList(labels, present)),
                                        batch.getPredictions());
                        int before = manager.getManagedArrays().size();
                        listener(1).onTrainingBatch(trainer, missing);
                        assertThat(manager.getManagedArrays()).hasSize(before);
                        List<Double> all =
                                values(trainer.getMetrics(), "gss_decision/second/NO_MODALITY");
                        noModality.add(all.get(all.size() - 1));
                    }
                };
        weights(probe);
        // Of two samples one has no modality at all.
        assertThat(noModality).hasSize(BATCHES).containsOnly(0.5);
    }

    @Test
    void aTrainingThatIsResumedReportsOnTheSameBatches() throws Exception {
        List<Long> whole = steps(0, EPOCHS);
        assertThat(whole).containsExactly(0L, 5L, 10L);
        long done = Training.SAMPLES / Training.BATCH;
        assertThat(steps(done, EPOCHS - 1)).containsExactly(5L, 10L);
    }

    /** The numbers of the batches that a listener for every fifth reports. */
    private static List<Long> steps(long from, int epochs) throws Exception {
        GssLoss loss = new GssLoss(Training.layout(), Training.settings());
        loss.setStep(from);
        List<Long> steps = new ArrayList<>();
        DecisionListener listener =
                new DecisionListener(loss, 5) {
                    @Override
                    protected void report(Trainer trainer, DecisionShares shares) {
                        steps.add(loss.getStep() - 1);
                    }
                };
        Training.fit(loss, epochs, null, config -> config.addTrainingListeners(listener));
        return steps;
    }

    @Test
    void withoutMetricsItOnlyLogs() throws Exception {
        GssLoss loss = new GssLoss(Training.layout(), Training.settings());
        assertThat(
                        Training.fit(
                                loss,
                                1,
                                null,
                                config ->
                                        config.addTrainingListeners(
                                                new DecisionListener(
                                                        Training.layout(), Training.settings()))))
                .isNotEmpty();
    }

    @Test
    void argumentsThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> listener(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every: expected a number of batches from 1, got 0");
        assertThatThrownBy(() -> new DecisionListener(Training.layout(), GssConfig.paper()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "layout: expected logits of 4 branches as the settings have modalities,"
                                + " got 2");
    }
}
