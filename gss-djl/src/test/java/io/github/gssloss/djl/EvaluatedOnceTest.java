/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a loss remembers of a batch: by which arrays, and for which calls. */
class EvaluatedOnceTest {

    private static final String KEY = "train/epoch";

    private final NDManager manager = NDManager.newBaseManager();
    private final GssLoss loss = new GssLoss(Training.layout(), Training.settings());

    @BeforeEach
    void seed() {
        Engine.getInstance().setRandomSeed(3);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDList outputs() {
        Shape shape = new Shape(2, 3, 8, 8);
        return new NDList(
                manager.randomNormal(shape).softmax(1),
                manager.randomNormal(0, 4, shape, DataType.FLOAT32),
                manager.randomNormal(0, 4, shape, DataType.FLOAT32));
    }

    private NDList labels() {
        return new NDList(manager.randomInteger(0, 3, new Shape(2, 8, 8), DataType.INT32));
    }

    private List<Evaluator> evaluators() {
        List<Evaluator> evaluators = new ArrayList<>(List.of(loss));
        evaluators.addAll(loss.parts());
        evaluators.forEach(one -> one.addAccumulator(KEY));
        return evaluators;
    }

    private static float accumulated(Evaluator evaluator, NDList labels, NDList outputs) {
        evaluator.resetAccumulator(KEY);
        evaluator.updateAccumulators(new String[] {KEY}, labels, outputs);
        return evaluator.getAccumulator(KEY);
    }

    private static List<Float> values(LossParts parts) {
        return List.of(
                parts.total(),
                parts.fused(),
                parts.branches(),
                parts.auxiliary(),
                parts.distillation());
    }

    @Test
    void accumulatingReturnsWhatWasTrainedWith() {
        NDList labels = labels();
        NDList outputs = outputs();
        float trained = loss.evaluate(labels, outputs).getFloat();
        LossParts parts = loss.lastParts();
        List<Float> reported =
                evaluators().stream().map(one -> accumulated(one, labels, outputs)).toList();
        assertThat(reported).isEqualTo(values(parts));
        assertThat(parts.total()).isEqualTo(trained);
        assertThat(parts.distillation()).isPositive();
    }

    @Test
    void accumulatingTwoListsOfPredictionsCountsNoBatch() {
        List<NDList> outputs = List.of(outputs(), outputs());
        List<NDList> labels = List.of(labels(), labels());
        for (int i = 0; i < 2; i++) {
            loss.evaluate(labels.get(i), outputs.get(i));
        }
        assertThat(loss.getStep()).isEqualTo(2);
        for (Evaluator evaluator : evaluators()) {
            for (int i = 0; i < 2; i++) {
                evaluator.updateAccumulators(new String[] {KEY}, labels.get(i), outputs.get(i));
            }
            assertThat(loss.getStep()).as(evaluator.getName()).isEqualTo(2);
        }
    }

    @Test
    void aSecondDeviceIsRefused() {
        OneDevice device = new OneDevice();
        device.require(Device.cpu());
        device.require(Device.cpu());
        assertThatThrownBy(() -> device.require(Device.gpu(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "predictions: expected all batches on cpu(), where the first was, got one"
                                + " on gpu(0); train on one device, since DJL's split of a batch"
                                + " hides where it ends");
    }

    @Test
    void otherLabelsOfTheSamePredictionsAreEvaluated() {
        NDList outputs = outputs();
        NDList first = labels();
        NDList second = labels();
        float validated = loss.forValidation().evaluate(second, outputs).getFloat();
        loss.evaluate(first, outputs);
        List<Float> ofFirst = values(loss.lastParts());
        List<Float> reported =
                evaluators().stream().map(one -> accumulated(one, second, outputs)).toList();
        assertThat(reported).containsExactly(validated, validated, 0f, 0f, 0f);
        assertThat(reported.subList(0, 2)).doesNotContainAnyElementsOf(ofFirst);
    }

    @Test
    void anotherMatrixOfModalitiesIsAnotherBatch() {
        NDList outputs = outputs();
        NDArray classes = labels().get(0);
        NDArray some = manager.create(new float[] {1, 0, 1, 1}, new Shape(2, 2));
        loss.evaluate(new NDList(classes), outputs);
        float all = loss.lastParts().branches();
        loss.evaluate(new NDList(classes, some), outputs);
        float ofSome = loss.lastParts().branches();
        assertThat(ofSome).isNotEqualTo(all);
        assertThat(loss.getStep()).isEqualTo(2);
        NDArray again = some.duplicate();
        List<Float> reported =
                evaluators().stream()
                        .map(one -> accumulated(one, new NDList(classes, again), outputs))
                        .toList();
        // Predictions that were trained with other arrays are validated.
        assertThat(reported.subList(2, 5)).containsOnly(0f);
    }

    @Test
    void evaluatingTheSameArraysAgainTakesTheSameMaskAndCountsOnce() {
        NDList labels = labels();
        NDList outputs = outputs();
        NDList first = Gradients.autograd(outputs, in -> loss.evaluate(labels, in));
        LossParts parts = loss.lastParts();
        NDList second = Gradients.autograd(outputs, in -> loss.evaluate(labels, in));
        assertThat(loss.lastParts()).isEqualTo(parts);
        assertThat(loss.getStep()).isEqualTo(1);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).toFloatArray()).isEqualTo(first.get(i).toFloatArray());
        }
        // With another mask they would differ.
        NDList other = new NDList(labels.get(0).duplicate());
        NDList third = Gradients.autograd(outputs, in -> loss.evaluate(other, in));
        assertThat(third.get(1).toFloatArray()).isNotEqualTo(first.get(1).toFloatArray());
        assertThat(loss.getStep()).isEqualTo(2);
    }

    /** With the settings of its step, also where the count was set in between. */
    @Test
    void evaluatingTheSameArraysAgainTakesTheSameSettings() {
        for (long fusedFrom : new long[] {0, 1}) {
            GssLoss scheduled =
                    GssLoss.builder()
                            .setLayout(Training.layout())
                            .setConfig(Training.settings())
                            .optSchedule(
                                    LossSchedule.builder()
                                            .optFusedFrom(fusedFrom)
                                            .optBeta(batch -> 0.1f * batch)
                                            .build())
                            .build();
            NDList labels = labels();
            NDList outputs = outputs();
            scheduled.evaluate(labels, outputs);
            LossParts first = scheduled.lastParts();
            assertThat(first.fused() > 0).isEqualTo(fusedFrom == 0);
            scheduled.evaluate(labels, outputs);
            assertThat(scheduled.lastParts()).isEqualTo(first);
            for (long step : new long[] {0, 7}) {
                scheduled.setStep(step);
                scheduled.evaluate(labels, outputs);
                assertThat(scheduled.lastParts()).isEqualTo(first);
                assertThat(scheduled.getStep()).isEqualTo(step);
            }
        }
    }

    @Test
    void forValidationIsTheFusedTaskLossWithoutMaskAndCount() {
        NDList labels = labels();
        NDList outputs = outputs();
        Loss validation = loss.forValidation();
        Engine.getInstance().setRandomSeed(5);
        float[] undisturbed = manager.randomUniform(0, 1, new Shape(4)).toFloatArray();
        Engine.getInstance().setRandomSeed(5);
        float value = validation.evaluate(labels, outputs).getFloat();
        assertThat(manager.randomUniform(0, 1, new Shape(4)).toFloatArray()).isEqualTo(undisturbed);
        NDList fused = new NDList(outputs.get(0));
        NDArray expected =
                new WeightedCrossEntropyLoss()
                        .evaluate(labels, fused)
                        .add(new SoftDiceLoss().evaluate(labels, fused));
        assertThat(value).isEqualTo(expected.getFloat());
        NDList gradients = Gradients.autograd(outputs, in -> validation.evaluate(labels, in));
        for (int branch = 1; branch < outputs.size(); branch++) {
            assertThat(gradients.get(branch).toFloatArray()).containsOnly(0);
        }
        assertThat(loss.getStep()).isZero();
    }

    @Test
    void thePartsHaveNoGradient() {
        NDList labels = labels();
        NDList outputs = outputs();
        NDList alone = Gradients.autograd(outputs, in -> loss.evaluate(labels, in));
        NDList withParts =
                Gradients.autograd(
                        outputs,
                        in -> {
                            NDArray sum = loss.evaluate(labels, in);
                            for (Evaluator part : loss.parts()) {
                                sum = sum.add(part.evaluate(labels, in));
                            }
                            return sum;
                        });
        for (int i = 0; i < outputs.size(); i++) {
            assertThat(withParts.get(i).toFloatArray()).isEqualTo(alone.get(i).toFloatArray());
            assertThat(alone.get(i).abs().sum().getFloat()).isPositive();
        }
    }

    @Test
    void thePartsAreReadFromTheDeviceOnce() {
        NDList labels = labels();
        NDList outputs = outputs();
        loss.evaluate(labels, outputs);
        LossParts parts = loss.lastParts();
        assertThat(loss.lastParts()).isSameAs(parts);
        List<Float> reported =
                loss.parts().stream()
                        .map(
                                part -> {
                                    part.addAccumulator(KEY);
                                    float value = accumulated(part, labels, outputs);
                                    assertThat(loss.lastParts()).isSameAs(parts);
                                    return value;
                                })
                        .toList();
        assertThat(reported).isEqualTo(values(parts).subList(1, 5));
        assertThat(Arrays.stream(LossTerm.values()).map(LossTerm::label).map(parts::of).toList())
                .isEqualTo(reported);
    }
}
