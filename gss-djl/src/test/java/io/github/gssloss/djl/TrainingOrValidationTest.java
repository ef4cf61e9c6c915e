/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.training.tracker.LinearTracker;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.GssConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Validation is no training, whatever outputs the network gives. */
class TrainingOrValidationTest {

    private static final int EPOCHS = 2;
    private static final int BATCHES = EPOCHS * Training.SAMPLES / Training.BATCH;

    /** A loss whose beta rises by 0.01 a training batch, and which draws a random mask. */
    static GssLoss ramped(OutputLayout layout, GssConfig settings) {
        Tracker ramp =
                LinearTracker.builder().setBaseValue(0).optSlope(0.01f).optMaxValue(0.3f).build();
        return GssLoss.builder()
                .setLayout(layout)
                .setConfig(settings)
                .optSchedule(LossSchedule.builder().optBeta(ramp).build())
                .build();
    }

    private static GssLoss ramped() {
        return ramped(Training.layout(), Training.settings());
    }

    /** A run of a network that gives all outputs in validation too. */
    private static List<String> run(
            GssLoss counted,
            UnaryOperator<Loss> around,
            boolean validated,
            List<Evaluator> evaluators)
            throws Exception {
        Consumer<DefaultTrainingConfig> more =
                config ->
                        config.addEvaluators(evaluators)
                                .addTrainingListeners(new EvaluatorTrainingListener());
        return FittedNetwork.bits(
                FittedNetwork.weights(
                        new TwoBranchNet(), around.apply(counted), EPOCHS, validated, more));
    }

    private static Loss composed(Loss loss) {
        return new SimpleCompositeLoss("composed").addLoss(loss).addLoss(new SoftDiceLoss());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itChangesNeitherWeightsNorCount(boolean composite) throws Exception {
        UnaryOperator<Loss> around =
                composite ? TrainingOrValidationTest::composed : UnaryOperator.identity();
        GssLoss alone = ramped();
        List<String> weights = run(alone, around, false, List.of());
        for (boolean withParts : List.of(false, true)) {
            GssLoss validated = ramped();
            List<Evaluator> parts = withParts ? validated.parts() : List.of();
            assertThat(run(validated, around, true, parts)).isEqualTo(weights);
            assertThat(validated.getStep()).isEqualTo(BATCHES);
            assertThat(validated.configAt(validated.getStep()))
                    .isEqualTo(alone.configAt(alone.getStep()));
        }
        assertThat(alone.getStep()).isEqualTo(BATCHES);
    }

    @Test
    void aLossThatCallsEvaluateInValidationIsFound() throws Exception {
        UnaryOperator<Loss> careless =
                loss ->
                        new Loss("careless") {
                            @Override
                            public NDArray evaluate(NDList labels, NDList predictions) {
                                return loss.evaluate(labels, predictions);
                            }
                        };
        GssLoss alone = ramped();
        List<String> weights = run(alone, careless, false, List.of());
        GssLoss validated = ramped();
        assertThat(run(validated, careless, true, List.of())).isNotEqualTo(weights);
        assertThat(alone.getStep()).isEqualTo(BATCHES);
        assertThat(validated.getStep()).isEqualTo(2 * BATCHES);
    }

    @Test
    void aNetworkThatGivesTheFusedOutputAloneTrainsTheSame() throws Exception {
        GssLoss all = ramped();
        GssLoss fusedAlone = ramped();
        List<String> weights = run(all, UnaryOperator.identity(), true, all.parts());
        assertThat(
                        FittedNetwork.bits(
                                FittedNetwork.weights(
                                        new FusedAloneInEvaluation(new TwoBranchNet()),
                                        fusedAlone,
                                        EPOCHS,
                                        true,
                                        config -> config.addEvaluators(fusedAlone.parts()))))
                .isEqualTo(weights);
        assertThat(fusedAlone.getStep()).isEqualTo(all.getStep()).isEqualTo(BATCHES);
    }

    @Test
    void aLoopOfOnesOwnValidatesWithForValidation() throws Exception {
        GssLoss alone = ramped();
        GssLoss validated = ramped();
        List<Float> values = new ArrayList<>();
        Loss validation = validated.forValidation();
        List<String> weights = loop(alone, (labels, outputs) -> {});
        List<String> withValidation =
                loop(
                        validated,
                        (labels, outputs) ->
                                values.add(validation.evaluate(labels, outputs).getFloat()));
        assertThat(withValidation).isEqualTo(weights);
        assertThat(validated.getStep()).isEqualTo(alone.getStep()).isEqualTo(BATCHES);
        assertThat(values).hasSize(BATCHES).allMatch(value -> value > 0 && value < 10);
        assertThat(validation.getName()).isEqualTo("GssLoss");
    }

    @Test
    void theFusedOutputAloneIsWarnedOfOnceAndNotInMetrics() {
        assumeThat(LoggerFactory.getLogger(TrainerLoss.class).isWarnEnabled()).isTrue();
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList labels = new NDList(manager.zeros(new Shape(1, 2, 2)));
            NDList fused = new NDList(manager.ones(new Shape(1, 3, 2, 2)));
            GssLoss loss = ramped();
            loss.addAccumulator("validate");
            String[] keys = {"validate"};
            assertThat(logged(() -> loss.updateAccumulators(keys, labels, fused))).isEmpty();
            assertThat(logged(() -> loss.forValidation().evaluate(labels, fused))).isEmpty();
            assertThat(logged(() -> loss.evaluate(labels, fused)))
                    .contains("GssLoss: got the fused output alone and takes it as validation");
            assertThat(logged(() -> loss.evaluate(labels, fused))).isEmpty();
        }
    }

    private static String logged(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    private interface Validation {

        void of(NDList labels, NDList outputs);
    }

    /** A training without EasyTrain, each epoch followed by a validation. */
    private static List<String> loop(Loss loss, Validation validation) throws Exception {
        List<float[]> weights = new ArrayList<>();
        Block network = new TwoBranchNet();
        FittedNetwork.use(
                network,
                loss,
                config -> {},
                (trainer, images) -> {
                    for (int epoch = 0; epoch < EPOCHS; epoch++) {
                        train(trainer, images, loss);
                        for (Batch batch : trainer.iterateDataset(images)) {
                            try (batch) {
                                NDList outputs = trainer.evaluate(batch.getData());
                                validation.of(batch.getLabels(), outputs);
                            }
                        }
                    }
                    weights.addAll(FittedNetwork.weights(network));
                });
        return FittedNetwork.bits(weights);
    }

    private static void train(Trainer trainer, ArrayDataset images, Loss loss)
            throws IOException, TranslateException {
        for (Batch batch : trainer.iterateDataset(images)) {
            try (batch) {
                try (GradientCollector collector = trainer.newGradientCollector()) {
                    NDList outputs = trainer.forward(batch.getData());
                    collector.backward(loss.evaluate(batch.getLabels(), outputs));
                }
                trainer.step();
            }
        }
    }
}
