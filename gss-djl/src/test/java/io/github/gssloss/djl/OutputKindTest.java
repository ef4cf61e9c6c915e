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
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.Teacher;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outputs as logits or as probabilities are the same outputs; blocks change no result. */
class OutputKindTest {

    private static final Shape SHAPE = new Shape(2, 3, 5, 6);
    private static final GssConfig SETTINGS =
            Training.settings().toBuilder().optMaskRate(0).build();

    private final NDManager manager = NDManager.newBaseManager();
    private NDList logits;
    private NDList probabilities;
    private NDList labels;

    @BeforeEach
    void draw() {
        Engine.getInstance().setRandomSeed(23);
        logits = new NDList();
        probabilities = new NDList();
        for (int i = 0; i < 3; i++) {
            NDArray z = manager.randomNormal(0, 2, SHAPE, DataType.FLOAT64);
            logits.add(z);
            probabilities.add(z.softmax(1));
        }
        labels = new NDList(manager.randomInteger(0, 3, new Shape(2, 5, 6), DataType.INT64));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static OutputLayout layout(OutputKind fused, OutputKind branches) {
        return OutputLayout.fusedThenBranches(2, fused, branches);
    }

    @Test
    void anOutputIsConvertedOnceForAllLosses() {
        NDList present = new NDList(labels.get(0), manager.ones(new Shape(2, 2)));
        OutputLayout layout = layout(OutputKind.LOGITS, OutputKind.LOGITS);
        try (LabelledBatch batch =
                new LabelledBatch(layout, OptionalInt.empty(), present, logits)) {
            assertThat(batch.fused().probabilities()).isSameAs(batch.fused().probabilities());
            assertThat(batch.branch(1).probabilities()).isSameAs(batch.branch(1).probabilities());
            assertThat(batch.branchLogits().get(1)).isSameAs(batch.branch(1).logits());
        }
    }

    @Test
    void theDistillationOfProbabilitiesIsThatOfTheirLogits() {
        Loss ofLogits =
                new DistillationLoss(layout(OutputKind.LOGITS, OutputKind.LOGITS), SETTINGS);
        Loss ofProbabilities =
                new DistillationLoss(layout(OutputKind.LOGITS, OutputKind.PROBABILITIES), SETTINGS);
        double expected = ofLogits.evaluate(labels, logits).getDouble();
        assertThat(ofProbabilities.evaluate(labels, probabilities).getDouble())
                .isCloseTo(expected, within(1e-12))
                .isPositive();
        NDList gradients =
                Gradients.autograd(probabilities, in -> ofProbabilities.evaluate(labels, in));
        NDList byLogits = Gradients.autograd(logits, in -> ofLogits.evaluate(labels, in));
        for (int branch = 1; branch < 3; branch++) {
            // d log p / dp = 1 / p.
            NDArray wanted = byLogits.get(branch).div(probabilities.get(branch));
            NDArray off = wanted.sub(gradients.get(branch)).abs().max();
            assertThat(off.getDouble()).isLessThan(1e-12);
            assertThat(wanted.abs().max().getDouble()).isPositive();
        }
    }

    @Test
    void theWholeLossIsTheSameForEveryKind() {
        double expected =
                new GssLoss(layout(OutputKind.LOGITS, OutputKind.LOGITS), SETTINGS)
                        .evaluate(labels, logits)
                        .getDouble();
        for (OutputKind fused : OutputKind.values()) {
            for (OutputKind branches : OutputKind.values()) {
                NDList outputs = new NDList(of(fused).get(0), of(branches).get(1));
                outputs.add(of(branches).get(2));
                GssLoss loss = new GssLoss(layout(fused, branches), SETTINGS);
                assertThat(loss.evaluate(labels, outputs).getDouble())
                        .as("fused %s, branches %s", fused, branches)
                        .isCloseTo(expected, within(1e-12));
            }
        }
    }

    private NDList of(OutputKind kind) {
        return kind == OutputKind.LOGITS ? logits : probabilities;
    }

    @Test
    void theLayoutGivesLogarithmsOfProbabilities() {
        NDList given =
                layout(OutputKind.LOGITS, OutputKind.PROBABILITIES).branchLogits(probabilities);
        for (int m = 0; m < 2; m++) {
            assertThat(given.get(m).toDoubleArray())
                    .isEqualTo(probabilities.get(m + 1).log().toDoubleArray());
        }
        NDList same = layout(OutputKind.LOGITS, OutputKind.LOGITS).branchLogits(logits);
        assertThat(same.get(0)).isSameAs(logits.get(1));
    }

    @Test
    void aProbabilityOfZeroHasNoGradientAndNoNan() {
        NDArray certain = manager.zeros(SHAPE, DataType.FLOAT64);
        certain.get(":, 0:1").addi(1);
        NDList outputs = new NDList(probabilities.get(0), certain, probabilities.get(2));
        Loss loss =
                new DistillationLoss(
                        layout(OutputKind.PROBABILITIES, OutputKind.PROBABILITIES), SETTINGS);
        double[] gradient =
                Gradients.autograd(outputs, in -> loss.evaluate(labels, in)).get(1).toDoubleArray();
        double[] p = certain.toDoubleArray();
        for (int i = 0; i < p.length; i++) {
            assertThat(gradient[i]).isFinite();
            assertThat(p[i] == 0 && gradient[i] != 0).isFalse();
        }
    }

    @Test
    void logitsThatAreCalledProbabilitiesAreFound() {
        OutputLayout layout =
                OutputLayout.builder()
                        .setFused(0, OutputKind.PROBABILITIES)
                        .setBranchLogits(1, 2)
                        .optBranchProbabilities(3, 4)
                        .optAuxiliary(OutputKind.PROBABILITIES, 5)
                        .build();
        NDList outputs = new NDList(probabilities.get(0), logits.get(1), logits.get(2));
        outputs.addAll(new NDList(probabilities.get(1), probabilities.get(2)));
        outputs.add(probabilities.get(0).duplicate());
        GssLoss checked =
                GssLoss.builder()
                        .setLayout(layout)
                        .setConfig(SETTINGS)
                        .optProbabilitiesChecked(true)
                        .build();
        checked.evaluate(labels, outputs);
        NDArray nearly = probabilities.get(0).mul(1.005);
        outputs.set(5, nearly);
        checked.evaluate(labels, outputs);
        for (int index : new int[] {0, 3, 4, 5}) {
            NDArray negative = probabilities.get(0).duplicate();
            negative.get("1, 0, 2, 2").subi(2);
            negative.get("1, 1, 2, 2").addi(2);
            NDArray nan = probabilities.get(0).duplicate();
            nan.get("1, 0, 2, 2").addi(Double.NaN);
            for (NDArray wrong : new NDList(logits.get(0), negative, nan)) {
                NDList others = new NDList(outputs);
                others.set(index, wrong);
                assertThatThrownBy(() -> checked.evaluate(labels, others))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(
                                "predictions %d: expected probabilities from 0 to 1 that sum to 1"
                                        + " over the classes, as the layout says, got other"
                                        + " numbers; are they logits?",
                                index);
                assertThat(wrong.getManager()).isSameAs(manager);
            }
        }
        assertThat(checked.getStep()).isEqualTo(2);
    }

    @Test
    void blocksOfVoxelsChangeNothing() {
        OutputLayout layout = layout(OutputKind.LOGITS, OutputKind.LOGITS);
        GssLoss whole = new GssLoss(layout, SETTINGS);
        NDList gradients = Gradients.autograd(logits, in -> whole.evaluate(labels, in));
        for (int voxels : new int[] {1, 7, 30, 1000}) {
            GssLoss inBlocks =
                    GssLoss.builder()
                            .setLayout(layout)
                            .setConfig(SETTINGS)
                            .optBlockVoxels(voxels)
                            .build();
            NDList ours = Gradients.autograd(logits, in -> inBlocks.evaluate(labels, in));
            assertThat(inBlocks.lastParts()).isEqualTo(whole.lastParts());
            for (int i = 0; i < ours.size(); i++) {
                NDArray off = ours.get(i).sub(gradients.get(i)).abs().max();
                assertThat(off.getDouble()).as("output %d", i).isLessThan(1e-15);
            }
        }
        assertThatThrownBy(() -> GssLoss.builder().optBlockVoxels(0))
                .hasMessage("blockVoxels: expected a number from 1, got 0");
    }

    @Test
    void theDistillationProcessesAsManyVoxelsAtOnceAsAreSet() {
        assertThat(voxelsAtOnce(GssLoss.builder().optBlockVoxels(7))).containsOnly(7L, 2L);
        assertThat(voxelsAtOnce(DistillationLoss.builder().optBlockVoxels(30))).containsOnly(30L);
        assertThat(voxelsAtOnce(GssLoss.builder())).containsExactly(30L);
    }

    /** The voxels of a sample, 30 in two samples, that a teacher was called with. */
    private List<Long> voxelsAtOnce(LossBuilder<?> builder) {
        List<Long> voxels = new ArrayList<>();
        Teacher watching =
                input -> {
                    voxels.add(input.probabilities().get(0).getShape().get(2));
                    return input.temperedProbabilities().get(0);
                };
        builder.setLayout(layout(OutputKind.LOGITS, OutputKind.LOGITS))
                .setConfig(SETTINGS.toBuilder().optTeacher(watching).build());
        Loss loss =
                builder instanceof GssLoss.Builder whole
                        ? whole.build()
                        : ((DistillationLoss.Builder) builder).build();
        loss.evaluate(labels, logits);
        return voxels;
    }
}
