/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import io.github.gssloss.core.Divergence;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.GssConfigBuilder;
import io.github.gssloss.core.PaperTeacher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a branch gives where its modality is absent, NaN included, changes not one bit. */
class AbsentBranchTest {

    private static final Shape SHAPE = new Shape(2, 3, 6, 6);

    /** The last sample lacks modality b, whose outputs are these, logits first. */
    private static final int[] OUTPUTS_OF_B = {2, 4};

    /** Fused probabilities, branch logits, branch probabilities. */
    private static final OutputLayout BOTH =
            OutputLayout.builder()
                    .setFused(0, OutputKind.PROBABILITIES)
                    .setBranchLogits(1, 2)
                    .optBranchProbabilities(3, 4)
                    .build();

    private static final OutputLayout LOGITS =
            OutputLayout.builder()
                    .setFused(0, OutputKind.PROBABILITIES)
                    .setBranchLogits(1, 2)
                    .build();

    private static final OutputLayout PROBABILITIES =
            OutputLayout.builder()
                    .setFused(0, OutputKind.PROBABILITIES)
                    .setBranches(OutputKind.PROBABILITIES, 3, 4)
                    .build();

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private NDList outputs(double absent) {
        Engine.getInstance().setRandomSeed(4);
        NDList outputs = new NDList(manager.randomNormal(SHAPE).softmax(1));
        for (int m = 0; m < 2; m++) {
            outputs.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT32));
        }
        for (int m = 0; m < 2; m++) {
            outputs.add(manager.randomNormal(SHAPE).softmax(1));
        }
        for (int index : OUTPUTS_OF_B) {
            outputs.get(index).set(new NDIndex("1"), absent);
        }
        return outputs;
    }

    private NDList labels() {
        Engine.getInstance().setRandomSeed(9);
        return new NDList(
                manager.randomInteger(0, 3, new Shape(2, 6, 6), DataType.INT32),
                manager.create(new float[] {1, 1, 1, 0}, new Shape(2, 2)));
    }

    private static GssConfigBuilder settings() {
        return Training.settings().toBuilder().optMaskRate(0);
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (OutputLayout layout : List.of(LOGITS, BOTH, PROBABILITIES)) {
            for (PaperTeacher teacher : PaperTeacher.values()) {
                for (double beta : new double[] {0.3, 0}) {
                    cases.add(arguments(layout, settings().optTeacher(teacher).optBeta(beta)));
                }
            }
            cases.add(arguments(layout, settings().optDivergence(Divergence.REVERSE_KL)));
            cases.add(arguments(layout, settings().optIgnoreIndex(2)));
        }
        return cases.stream();
    }

    private static Arguments arguments(OutputLayout layout, GssConfigBuilder settings) {
        return Arguments.of(layout, settings.build());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossPartsAndGradientsAreThoseOfZeros(OutputLayout layout, GssConfig settings) {
        assertUnchanged(() -> builder(layout, settings).build(), labels());
    }

    /** The first branch is absent, and what it gives as logits and as probabilities is NaN. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0.25})
    void soAreThoseWithoutTheFirstModality(double absent) {
        NDList labels = labels();
        NDArray present = manager.create(new float[] {1, 1, 0, 1}, new Shape(2, 2));
        NDList lacking = new NDList(labels.get(0), present);
        for (OutputLayout layout : List.of(LOGITS, BOTH, PROBABILITIES)) {
            NDList outputs = outputs(0);
            NDList zeros = outputs(0);
            for (int index : new int[] {1, 3}) {
                outputs.get(index).set(new NDIndex("1"), absent);
                zeros.get(index).set(new NDIndex("1"), 0);
            }
            GssConfig settings = settings().build();
            float wanted = builder(layout, settings).build().evaluate(lacking, zeros).getFloat();
            assertThat(wanted).isFinite();
            assertThat(builder(layout, settings).build().evaluate(lacking, outputs).getFloat())
                    .isEqualTo(wanted);
        }
    }

    private static GssLoss.Builder builder(OutputLayout layout, GssConfig settings) {
        return GssLoss.builder().setLayout(layout).setConfig(settings);
    }

    @Test
    void soAreThoseWithTaskLossesOfOnesOwn() {
        Loss crossEntropy = new SoftmaxCrossEntropyLoss("ce", 1, 1, false, true);
        NDList labels = labels();
        NDList oneHot = new NDList(Training.oneHot(labels.get(0)), labels.get(1));
        for (OutputLayout layout : List.of(LOGITS, BOTH, PROBABILITIES)) {
            assertUnchanged(
                    () ->
                            builder(layout, settings().build())
                                    .addTaskLoss(crossEntropy, OutputKind.LOGITS)
                                    .addTaskLoss(new SoftDiceLoss(), OutputKind.PROBABILITIES)
                                    .build(),
                    oneHot);
        }
    }

    @Test
    void soAreThoseWithTheCheckOfProbabilities() {
        for (OutputLayout layout : List.of(BOTH, PROBABILITIES)) {
            assertUnchanged(
                    () -> builder(layout, settings().build()).optProbabilitiesChecked(true).build(),
                    labels());
        }
    }

    private interface Losses {

        GssLoss next();
    }

    private void assertUnchanged(Losses losses, NDList labels) {
        GssLoss wanted = losses.next();
        NDList gradients = Gradients.autograd(outputs(0), in -> wanted.evaluate(labels, in));
        assertThat(wanted.lastParts().branches()).isPositive();
        for (double absent :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            GssLoss loss = losses.next();
            NDList ours = Gradients.autograd(outputs(absent), in -> loss.evaluate(labels, in));
            assertThat(loss.lastParts()).isEqualTo(wanted.lastParts());
            assertThat(bits(ours)).isEqualTo(bits(gradients));
            for (int index : OUTPUTS_OF_B) {
                assertThat(ours.get(index).get(1).toFloatArray()).containsOnly(0);
            }
        }
        assertThat(gradients.get(0).abs().sum().getFloat()).isPositive();
    }

    private static List<String> bits(NDList arrays) {
        return FittedNetwork.bits(arrays.stream().map(NDArray::toFloatArray).toList());
    }

    @Test
    void theDecisionsReportedAreThoseOfZeros() {
        for (PaperTeacher teacher : List.of(PaperTeacher.VOTES, PaperTeacher.FUSED)) {
            GssConfig settings = settings().optTeacher(teacher).build();
            Map<String, List<Double>> wanted = reported(settings, outputs(0));
            assertThat(wanted).hasSizeGreaterThan(20);
            assertThat(reported(settings, outputs(Double.NaN))).isEqualTo(wanted);
            NDList other = outputs(0);
            other.set(2, other.get(2).neg());
            assertThat(reported(settings, other)).isNotEqualTo(wanted);
        }
    }

    private Map<String, List<Double>> reported(GssConfig settings, NDList outputs) {
        Metrics metrics = new Metrics();
        try (Model model = Model.newInstance("net")) {
            model.setBlock(new TwoBranchNet());
            Loss loss = new GssLoss(LOGITS, settings);
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss))) {
                trainer.setMetrics(metrics);
                new DecisionListener(LOGITS, settings, 1)
                        .onTrainingBatch(
                                trainer,
                                new BatchData(
                                        null,
                                        Map.of(Device.cpu(), labels()),
                                        Map.of(Device.cpu(), outputs)));
            }
        }
        return metrics.getMetricNames().stream()
                .collect(
                        Collectors.toMap(
                                name -> name,
                                name ->
                                        metrics.getMetric(name).stream()
                                                .map(Metric::getValue)
                                                .map(Number::doubleValue)
                                                .toList()));
    }

    @Test
    void theMatrixMayBeOfAnyType() {
        NDList labels = labels();
        NDArray matrix = labels.get(1);
        NDList outputs = outputs(Double.NaN);
        float expected = new GssLoss(BOTH, settings().build()).evaluate(labels, outputs).getFloat();
        for (DataType type :
                Arrays.asList(DataType.BOOLEAN, DataType.INT64, DataType.UINT8, DataType.FLOAT64)) {
            NDList typed = new NDList(labels.get(0), matrix.toType(type, true));
            assertThat(new GssLoss(BOTH, settings().build()).evaluate(typed, outputs).getFloat())
                    .as("%s", type)
                    .isEqualTo(expected);
        }
    }
}
