/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import io.github.gssloss.core.GssConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Task losses of one's own in a GssLoss against the same put together by hand, in float64. */
class OwnTaskLossesTest {

    private static final Shape SHAPE = new Shape(3, 3, 4, 5);
    private static final double ALPHA = 0.6;
    private static final OutputLayout LAYOUT =
            OutputLayout.builder()
                    .setFused(0, OutputKind.LOGITS)
                    .setBranchLogits(1, 2)
                    .optAuxiliary(OutputKind.PROBABILITIES, 3)
                    .build();

    private static final Loss CROSS_ENTROPY =
            new SoftmaxCrossEntropyLoss("cross entropy", 1, 1, false, true);

    /** The mean squared error of probabilities. */
    private static final Loss BRIER =
            new Loss("brier") {
                @Override
                public NDArray evaluate(NDList labels, NDList predictions) {
                    NDArray y = labels.get(0).toType(DataType.FLOAT64, false);
                    return predictions.get(0).sub(y).square().mean();
                }
            };

    private final NDManager manager = NDManager.newBaseManager();
    private NDList outputs;
    private NDArray classes;
    private NDArray oneHot;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(17);
        outputs = new NDList();
        for (int i = 0; i < 4; i++) {
            // Probabilities far from 0: finite differences of their logarithm are accurate.
            NDArray z = manager.randomNormal(0, i == 3 ? 0.5f : 2, SHAPE, DataType.FLOAT64);
            outputs.add(i == 3 ? z.softmax(1) : z);
        }
        classes = manager.randomInteger(0, 3, new Shape(3, 4, 5), DataType.INT64);
        oneHot = Training.oneHot(classes).toType(DataType.FLOAT64, false);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static GssLoss.Builder builder() {
        return GssLoss.builder()
                .setLayout(LAYOUT)
                .setConfig(
                        Training.settings().toBuilder()
                                .optMaskRate(0)
                                .optAlpha(ALPHA)
                                .optBeta(0)
                                .build());
    }

    private static GssLoss.Builder both() {
        return builder()
                .addTaskLoss(CROSS_ENTROPY, OutputKind.LOGITS)
                .addTaskLoss(BRIER, OutputKind.PROBABILITIES);
    }

    /** Both losses of an output, given as logits. */
    private static double task(NDArray oneHot, NDArray logits) {
        NDList labels = new NDList(oneHot);
        return CROSS_ENTROPY.evaluate(labels, new NDList(logits)).getDouble()
                + BRIER.evaluate(labels, new NDList(logits.softmax(1))).getDouble();
    }

    private double auxiliary() {
        return task(oneHot, outputs.get(3).log());
    }

    @Test
    void theyTakeThePlaceOfThePublishedOnesForEveryOutput() {
        GssLoss loss = both().build();
        NDList labels = new NDList(oneHot);
        double expected =
                task(oneHot, outputs.get(0))
                        + task(oneHot, outputs.get(1))
                        + task(oneHot, outputs.get(2))
                        + auxiliary();
        assertThat(loss.evaluate(labels, outputs).getDouble())
                .isCloseTo(ALPHA * expected, within(1e-12));
        assertGradients(loss, labels);
    }

    private void assertGradients(Loss loss, NDList labels) {
        NDList gradients = Gradients.autograd(outputs, in -> loss.evaluate(labels, in));
        for (int i = 0; i < outputs.size(); i++) {
            double[] gradient = gradients.get(i).toDoubleArray();
            for (int element = 0; element < gradient.length; element += 11) {
                double difference =
                        Gradients.difference(outputs, i, element, in -> loss.evaluate(labels, in));
                assertThat(gradient[element])
                        .as("output %d, element %d", i, element)
                        .isCloseTo(difference, within(1e-8));
            }
        }
    }

    @Test
    void eachKindOfOutputHasItsWeight() {
        GssLoss loss =
                both().optFusedWeight(2).optBranchWeight(0.5).optAuxiliaryWeight(0.25).build();
        double expected =
                2 * task(oneHot, outputs.get(0))
                        + 0.5 * (task(oneHot, outputs.get(1)) + task(oneHot, outputs.get(2)))
                        + 0.25 * auxiliary();
        assertThat(loss.evaluate(new NDList(oneHot), outputs).getDouble())
                .isCloseTo(ALPHA * expected, within(1e-12));
        assertGradients(loss, new NDList(oneHot));
    }

    @Test
    void samplesThatLackTheModalityAreNotPassedOn() {
        NDArray present = manager.create(new float[] {1, 1, 0, 1, 1, 0}, new Shape(3, 2));
        NDList labels = new NDList(oneHot, present);
        GssLoss loss = both().build();
        NDArray first = manager.create(new long[] {0, 2});
        NDArray second = manager.create(new long[] {0, 1});
        double branches =
                task(oneHot.get(first), outputs.get(1).get(first))
                        + task(oneHot.get(second), outputs.get(2).get(second));
        double others = task(oneHot, outputs.get(0)) + auxiliary();
        assertThat(loss.evaluate(labels, outputs).getDouble())
                .isCloseTo(ALPHA * (branches + others), within(1e-12));
        assertGradients(loss, labels);
    }

    @Test
    void aModalityThatNoSampleHasCostsNothing() {
        NDArray present = manager.create(new float[] {1, 0, 1, 0, 1, 0}, new Shape(3, 2));
        NDList labels = new NDList(oneHot, present);
        GssLoss loss = both().build();
        NDList gradients = Gradients.autograd(outputs, in -> loss.evaluate(labels, in));
        assertThat((double) loss.lastParts().branches())
                .isCloseTo(task(oneHot, outputs.get(1)), within(1e-6));
        assertThat(gradients.get(2).toType(DataType.FLOAT64, true).toDoubleArray()).containsOnly(0);
        NDArray none = manager.zeros(new Shape(3, 2));
        loss.evaluate(new NDList(oneHot, none), outputs);
        assertThat(loss.lastParts().branches()).isZero();
    }

    @Test
    void thePublishedLossesOfAModalityThatNoSampleHasCostNothing() {
        NDArray none = manager.zeros(new Shape(3, 2));
        GssLoss loss = builder().build();
        loss.evaluate(new NDList(classes, none), outputs);
        assertThat(loss.lastParts().branches()).isZero();
        assertThat(loss.lastParts().fused()).isPositive();
    }

    @Test
    void thePublishedLossesLeaveOutAbsentSamplesAndIgnoredVoxels() {
        GssConfig settings =
                Training.settings().toBuilder()
                        .optMaskRate(0)
                        .optBeta(0)
                        .optAlpha(ALPHA)
                        .optIgnoreIndex(1)
                        .build();
        GssLoss loss = new GssLoss(LAYOUT, settings);
        NDArray present = manager.create(new float[] {1, 0, 0, 1, 1, 0}, new Shape(3, 2));
        NDList labels = new NDList(classes, present);
        NDArray first = manager.create(new long[] {0, 2});
        NDArray second = manager.create(new long[] {1});
        double branches =
                published(classes.get(first), outputs.get(1).get(first))
                        + published(classes.get(second), outputs.get(2).get(second));
        double others =
                published(classes, outputs.get(0)) + published(classes, outputs.get(3).log());
        assertThat(loss.evaluate(labels, outputs).getDouble())
                .isCloseTo(ALPHA * (branches + others), within(1e-12));
        assertGradients(loss, labels);
    }

    /** Dice of the samples given, cross entropy over the voxels of all three. */
    private static double published(NDArray classes, NDArray logits) {
        NDList labels = new NDList(classes);
        NDList probabilities = new NDList(logits.softmax(1));
        double share = (double) classes.getShape().get(0) / SHAPE.get(0);
        return SoftDiceLoss.builder()
                        .optIgnoreIndex(1)
                        .build()
                        .evaluate(labels, probabilities)
                        .getDouble()
                + share
                        * WeightedCrossEntropyLoss.builder()
                                .optIgnoreIndex(1)
                                .build()
                                .evaluate(labels, probabilities)
                                .getDouble();
    }

    @Test
    void validationTakesThemToo() {
        GssLoss loss = both().optFusedWeight(2).build();
        NDList labels = new NDList(oneHot);
        double fused = task(oneHot, outputs.get(0));
        assertThat(loss.forValidation().evaluate(labels, outputs).getDouble())
                .isCloseTo(fused, within(1e-12));
        NDList alone = new NDList(outputs.get(0));
        assertThat(loss.evaluate(labels, alone).getDouble()).isCloseTo(fused, within(1e-12));
    }

    @Test
    void lossesThatNeedProbabilitiesAreNotGivenLogits() {
        assertThatThrownBy(() -> builder().addTaskLoss(new SoftDiceLoss(), OutputKind.LOGITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kind: expected PROBABILITIES for SoftDiceLoss, got LOGITS");
        assertThatThrownBy(() -> builder().addTaskLoss(null, OutputKind.LOGITS))
                .hasMessage("loss: expected a value, got null");
        assertThatThrownBy(() -> builder().addTaskLoss(BRIER, null))
                .hasMessage("kind: expected a value, got null");
        assertThatThrownBy(() -> builder().optBranchWeight(1_000_000.1))
                .hasMessage("branchWeight: expected a number from 0 to 1000000, got 1000000.1");
        builder().optBranchWeight(1_000_000).build();
        assertThatThrownBy(() -> builder().optFusedWeight(-1))
                .hasMessage("fusedWeight: expected a number from 0 to 1000000, got -1.0");
    }
}
