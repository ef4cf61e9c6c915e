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
import ai.djl.training.loss.SimpleCompositeLoss;
import io.github.gssloss.core.DistillationInput;
import io.github.gssloss.core.DistillationResult;
import io.github.gssloss.core.GroupDistillation;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.PaperTeacher;
import io.github.gssloss.core.TumorRegion;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GssLoss against its parts, put together by hand in float64. */
class GssLossTest {

    private static final Shape SHAPE = new Shape(2, 4, 5, 6);
    private static final GssConfig CONFIG =
            GssConfig.builder().optMaskRate(0).optAlpha(0.6).optBeta(0.4).build();
    private static final OutputLayout LAYOUT =
            OutputLayout.builder()
                    .setFused(0, OutputKind.LOGITS)
                    .setBranchLogits(1, 2, 3, 4)
                    .optAuxiliary(OutputKind.LOGITS, 5)
                    .build();

    private final NDManager manager = NDManager.newBaseManager();
    private NDList logits;
    private NDList labels;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(11);
        logits = new NDList();
        for (int i = 0; i < 6; i++) {
            logits.add(manager.randomNormal(0, 3, SHAPE, DataType.FLOAT64));
        }
        labels = new NDList(manager.randomInteger(0, 4, new Shape(2, 5, 6), DataType.INT64));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void valueAndGradientAreTheWeightedSumOfTheParts() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        NDList gradients = Gradients.autograd(logits, in -> loss.evaluate(labels, in));
        NDList task = Gradients.autograd(logits, in -> task(in).mul(manager.create(0.6)));
        try (DistillationResult distilled = new GroupDistillation(CONFIG).evaluate(branches())) {
            double weight = 0.4 * 8 * 8;
            double expected =
                    0.6 * task(logits).getDouble() + weight * distilled.loss().getDouble();
            assertThat(loss.evaluate(labels, logits).getDouble())
                    .isCloseTo(expected, within(1e-12));
            for (int i = 0; i < logits.size(); i++) {
                boolean branch = i >= 1 && i <= 4;
                NDArray wanted =
                        branch
                                ? task.get(i).add(distilled.gradients().get(i - 1).mul(weight))
                                : task.get(i);
                NDArray off = wanted.sub(gradients.get(i)).abs().max();
                assertThat(off.getDouble()).as("gradient of output %d", i).isLessThan(1e-14);
            }
        }
        LossParts parts = loss.lastParts();
        assertThat((double) parts.total())
                .isCloseTo(
                        0.6 * (parts.fused() + parts.branches() + parts.auxiliary())
                                + 0.4 * 64 * parts.distillation(),
                        within(1e-5));
        assertThat(parts.distillation()).isPositive();
    }

    private NDList branches() {
        return new NDList(logits.get(1), logits.get(2), logits.get(3), logits.get(4));
    }

    private NDArray task(NDList outputs) {
        NDArray sum = manager.create(0.0);
        for (NDArray output : outputs) {
            NDList probabilities = new NDList(output.softmax(1));
            sum = sum.add(new WeightedCrossEntropyLoss().evaluate(labels, probabilities));
            sum = sum.add(new SoftDiceLoss().evaluate(labels, probabilities));
        }
        return sum;
    }

    @Test
    void theFusedOutputMayBeTheTarget() {
        GssConfig config = CONFIG.toBuilder().optTeacher(PaperTeacher.FUSED).build();
        NDArray fused = logits.get(0).softmax(1);
        GssLoss loss = new GssLoss(LAYOUT, config);
        DistillationLoss alone = new DistillationLoss(LAYOUT, config);
        NDList gradients = Gradients.autograd(logits, in -> alone.evaluate(labels, in));
        try (DistillationResult distilled =
                new GroupDistillation(config)
                        .evaluate(
                                DistillationInput.builder()
                                        .setBranchLogits(branches())
                                        .optFused(fused)
                                        .build())) {
            double weight = 0.4 * 8 * 8;
            double expected =
                    0.6 * task(logits).getDouble() + weight * distilled.loss().getDouble();
            assertThat(loss.evaluate(labels, logits).getDouble())
                    .isCloseTo(expected, within(1e-12));
            // The target is a constant: no gradient reaches the fused output through it.
            assertThat(gradients.get(0).toType(DataType.FLOAT64, true).toDoubleArray())
                    .containsOnly(0);
            for (int m = 0; m < 4; m++) {
                NDArray wanted = distilled.gradients().get(m).mul(weight);
                NDArray off = wanted.sub(gradients.get(m + 1)).abs().max();
                assertThat(off.getDouble()).as("gradient of branch %d", m).isLessThan(1e-14);
            }
        }
        int before = manager.getManagedArrays().size();
        loss.evaluate(labels, logits);
        // The value, its detached copy for the accumulators, and the four parts.
        assertThat(manager.getManagedArrays()).hasSize(before + 6);
    }

    @Test
    void inTheReleasedEditionAlphaWeighsTheBranchesAlone() {
        GssConfig released = GssConfig.released().toBuilder().optMaskRate(0).build();
        GssLoss loss = new GssLoss(LAYOUT, released);
        double total = loss.evaluate(labels, logits).getDouble();
        NDList others = new NDList(logits.get(0), logits.get(5));
        try (DistillationResult distilled = new GroupDistillation(released).evaluate(branches())) {
            double distillation = 0.03 * 64 * distilled.loss().getDouble();
            double task = task(others).getDouble() + 0.7 * task(branches()).getDouble();
            assertThat(total).isCloseTo(task + distillation, within(1e-12));
        }
    }

    @Test
    void outsideTrainingItIsTheFusedTaskLoss() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        NDList fused = new NDList(logits.get(0));
        assertThat(loss.evaluate(labels, fused).getDouble())
                .isCloseTo(task(fused).getDouble(), within(1e-12));
        assertThat(loss.lastParts().distillation()).isZero();
        assertThat(loss.lastParts().branches()).isZero();
        assertThat(loss.getStep()).isZero();
        assertThat(new DistillationLoss(LAYOUT, CONFIG).evaluate(labels, fused).getDouble())
                .isZero();
    }

    @Test
    void theFusedOutputMayJoinLater() {
        LossSchedule late = LossSchedule.builder().optFusedFrom(1).build();
        GssLoss loss =
                GssLoss.builder().setLayout(LAYOUT).setConfig(CONFIG).optSchedule(late).build();
        double without = loss.evaluate(labels, logits).getDouble();
        assertThat(loss.lastParts().fused()).isZero();
        NDList next = new NDList(labels.get(0).duplicate());
        double with = loss.evaluate(next, logits).getDouble();
        NDList fused = new NDList(logits.get(0));
        assertThat(with - without).isCloseTo(0.6 * task(fused).getDouble(), within(1e-12));
        assertThat(loss.getStep()).isEqualTo(2);
        loss.setStep(0);
        assertThat(loss.evaluate(new NDList(labels.get(0).duplicate()), logits).getDouble())
                .isEqualTo(without);
    }

    @Test
    void anAbsentModalityHasNeitherDistillationNorTaskLoss() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        NDArray present = manager.create(new int[] {1, 0, 1, 1, 1, 0, 0, 1}, new Shape(2, 4));
        NDList withPresent = new NDList(labels.get(0), present);
        NDList gradients = Gradients.autograd(logits, in -> loss.evaluate(withPresent, in));
        assertThat(largest(gradients.get(2))).isZero();
        assertThat(largest(gradients.get(3).get(1))).isZero();
        assertThat(largest(gradients.get(3).get(0))).isPositive();
        float branches = loss.lastParts().branches();
        // Branch 1 (t1ce) is nowhere: another one there changes nothing.
        NDList other = new NDList(logits);
        other.set(2, logits.get(2).mul(-1));
        loss.evaluate(withPresent, other);
        assertThat(loss.lastParts().branches()).isEqualTo(branches);
    }

    private static double largest(NDArray array) {
        return array.abs().max().getDouble();
    }

    @Test
    void allPresentEqualsNoMatrix() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        NDList all = new NDList(labels.get(0), manager.ones(new Shape(2, 4)));
        assertThat(loss.evaluate(all, logits).getDouble())
                .isCloseTo(loss.evaluate(labels, logits).getDouble(), within(1e-12));
    }

    @Test
    void theDistillationComposesWithOtherLosses() {
        SimpleCompositeLoss composed =
                new SimpleCompositeLoss("composed")
                        .addLoss(new DistillationLoss(LAYOUT, CONFIG))
                        .addLoss(new WeightedCrossEntropyLoss());
        NDList outputs = new NDList(logits);
        outputs.set(0, logits.get(0).softmax(1));
        try (DistillationResult distilled = new GroupDistillation(CONFIG).evaluate(branches())) {
            double expected =
                    0.4 * 64 * distilled.loss().getDouble()
                            + new WeightedCrossEntropyLoss()
                                    .evaluate(labels, new NDList(outputs.get(0)))
                                    .getDouble();
            assertThat(composed.evaluate(labels, outputs).getDouble())
                    .isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void onlyTheLossAndItsPartsStayOnTheBatch() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        loss.evaluate(labels, logits);
        int before = manager.getManagedArrays().size();
        loss.evaluate(labels, logits);
        // The value, its detached copy for the accumulators, and the four parts.
        assertThat(manager.getManagedArrays()).hasSize(before + 6);
    }

    @Test
    void anOutputThatIsThereTwiceStaysUsable() {
        NDArray same = logits.get(0);
        NDList twice = new NDList(same, same, same, same, same, same);
        new GssLoss(LAYOUT, CONFIG).evaluate(labels, twice);
        new DistillationLoss(LAYOUT, CONFIG).evaluate(labels, twice);
        DiceScore.of(TumorRegion.CORE, 4).evaluate(new NDList(same), new NDList(same));
        assertThat(same.getManager().isOpen()).isTrue();
        assertThat(same.getManager()).isEqualTo(manager);
    }

    @Test
    void wrongNumbersAreNamed() {
        GssLoss loss = new GssLoss(LAYOUT, CONFIG);
        assertThatThrownBy(() -> loss.evaluate(labels, logits.subNDList(3)))
                .hasMessage(
                        "predictions: expected 6 outputs, or outside training the fused one alone,"
                                + " got 3");
        assertThatThrownBy(() -> new GssLoss(Training.layout(), CONFIG))
                .hasMessage(
                        "layout: expected logits of 4 branches as the settings have modalities, got"
                                + " 2");
        assertThatThrownBy(() -> loss.setStep(-2))
                .hasMessage("step: expected a number of batches from 0, got -2");
        assertThatThrownBy(new GssLoss(LAYOUT, CONFIG)::lastParts)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "last parts: expected a batch that was evaluated and is not closed yet");
        assertThat(List.of(LAYOUT.numOutputs(), OutputLayout.rfnet().numOutputs()))
                .containsExactly(6, 13);
    }

    @Test
    void presetsAndNames() {
        assertThat(OutputLayout.mmformer().numOutputs()).isEqualTo(13);
        DistillationLoss loss =
                DistillationLoss.builder()
                        .setLayout(OutputLayout.mmformer())
                        .setConfig(GssConfig.paper())
                        .optName("mine")
                        .build();
        assertThat(loss.getName()).isEqualTo("mine");
    }
}
