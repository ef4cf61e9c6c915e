/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** GssLoss inside DJL's own training loop, unchanged. */
class EasyTrainTest {

    private static final int EPOCHS = 2;
    private static final int BATCHES = EPOCHS * Training.SAMPLES / Training.BATCH;

    @Test
    void itIsComputedOnceABatchAndItsPartsReachTheMetrics() throws Exception {
        GssLoss loss = new GssLoss(Training.layout(), Training.settings());
        Metrics metrics = new Metrics();
        List<Float> totals = new ArrayList<>();
        Training.fit(
                loss,
                EPOCHS,
                metrics,
                config -> {
                    config.addEvaluators(loss.parts());
                    config.addTrainingListeners(TrainingListener.Defaults.logging())
                            .addTrainingListeners(
                                    recording(() -> totals.add(loss.lastParts().total())));
                });
        assertThat(loss.getStep()).as("evaluations of training batches").isEqualTo(BATCHES);
        assertThat(totals).hasSize(BATCHES);
        double meanOfLastEpoch =
                totals.subList(BATCHES / EPOCHS, BATCHES).stream()
                        .mapToDouble(Float::doubleValue)
                        .average()
                        .orElseThrow();
        assertThat(last(metrics, "train_epoch_GssLoss")).isCloseTo(meanOfLastEpoch, within(1e-5));
        double tau2 = 16;
        assertThat(
                        0.7 * last(metrics, "train_epoch_GssLoss_fused")
                                + 0.7 * last(metrics, "train_epoch_GssLoss_branches")
                                + 0.7 * last(metrics, "train_epoch_GssLoss_auxiliary")
                                + 0.3 * tau2 * last(metrics, "train_epoch_GssLoss_distillation"))
                .isCloseTo(meanOfLastEpoch, within(1e-5));
        assertThat(last(metrics, "train_epoch_GssLoss_distillation")).isPositive();
        assertThat(last(metrics, "validate_epoch_GssLoss_fused")).isPositive();
        assertThat(last(metrics, "validate_epoch_GssLoss_distillation")).isZero();
    }

    private static double last(Metrics metrics, String name) {
        List<Metric> values = metrics.getMetric(name);
        assertThat(values).as(name).isNotEmpty();
        return values.get(values.size() - 1).getValue().doubleValue();
    }

    private static TrainingListener recording(Runnable after) {
        return new TrainingListenerAdapter() {
            @Override
            public void onTrainingBatch(Trainer trainer, BatchData batch) {
                after.run();
            }
        };
    }

    @Test
    void theLossFalls() throws Exception {
        Metrics metrics = new Metrics();
        GssLoss loss = new GssLoss(Training.layout(), Training.settings());
        Training.fit(
                loss,
                20,
                metrics,
                config -> config.addTrainingListeners(new EvaluatorTrainingListener()));
        List<Metric> values = metrics.getMetric("validate_epoch_GssLoss");
        double first = values.get(0).getValue().doubleValue();
        assertThat(last(metrics, "validate_epoch_GssLoss")).isLessThan(0.7 * first);
    }

    @Test
    void garbageCollectionsBetweenForwardAndBackwardChangeNothing() throws Exception {
        List<float[]> calm = weights(new GssLoss(Training.layout(), Training.settings()));
        List<float[]> churned =
                weights(new Churning(new GssLoss(Training.layout(), Training.settings())));
        assertThat(churned).hasSameSizeAs(calm);
        for (int i = 0; i < calm.size(); i++) {
            assertThat(churned.get(i)).as("parameter %d", i).isEqualTo(calm.get(i));
        }
    }

    @Test
    void garbageCollectionsLeaveThePartsOfABatchAsTheyWere() throws Exception {
        List<LossParts> calm = parts(loss -> loss);
        assertThat(calm).hasSize(BATCHES);
        assertThat(parts(Churning::new)).isEqualTo(calm);
    }

    private static List<LossParts> parts(UnaryOperator<Loss> around) throws Exception {
        GssLoss loss = new GssLoss(Training.layout(), Training.settings());
        List<LossParts> parts = new ArrayList<>();
        Training.fit(
                around.apply(loss),
                EPOCHS,
                null,
                config ->
                        config.addTrainingListeners(recording(() -> parts.add(loss.lastParts()))));
        return parts;
    }

    @Test
    void churningFindsAProductWithAJavaNumber() throws Exception {
        Loss sound = new GssLoss(Training.layout(), Training.settings());
        Loss unsound =
                new Loss("unsound") {
                    @Override
                    public NDArray evaluate(NDList labels, NDList predictions) {
                        // Autograd points at a number that Java frees.
                        return sound.evaluate(labels, predictions).mul(2);
                    }
                };
        List<float[]> calm = weights(unsound);
        List<float[]> churned = weights(new Churning(unsound));
        assertThat(churned.stream().map(Arrays::hashCode).toList())
                .isNotEqualTo(calm.stream().map(Arrays::hashCode).toList());
    }

    /** Another loss, after which memory is freed and written over before the backward pass. */
    private static final class Churning extends Loss {

        private final Loss loss;

        Churning(Loss loss) {
            super("churning");
            this.loss = loss;
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            NDArray value = loss.evaluate(labels, predictions);
            churn();
            return value;
        }
    }

    private static List<float[]> weights(Loss loss) throws Exception {
        return Training.fit(loss, EPOCHS, null, (DefaultTrainingConfig config) -> {});
    }

    /** Frees the memory that Java holds for the engine, and writes over the memory. */
    private static void churn() {
        System.gc();
        List<ByteBuffer> overwritten = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(4 + i % 16);
            while (buffer.hasRemaining()) {
                buffer.put((byte) 0x5A);
            }
            overwritten.add(buffer);
        }
        assertThat(overwritten).isNotEmpty();
    }
}
