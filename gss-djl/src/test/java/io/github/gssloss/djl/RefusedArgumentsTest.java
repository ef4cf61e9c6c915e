/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.core.TumorRegion;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every bad argument gets a message that names it, before any work is done. */
class RefusedArgumentsTest {

    private static final String NO_PREDICTIONS = "predictions: expected a value, got null";
    private static final String NO_LABELS = "labels: expected a value, got null";

    private final NDManager manager = NDManager.newBaseManager();
    private final GssConfig config = Training.settings();
    private final OutputLayout layout = Training.layout();
    private final NDArray output = manager.zeros(new Shape(2, 3, 4, 5));
    private final NDArray label = manager.zeros(new Shape(2, 4, 5));
    private final NDList outputs = new NDList(output, output, output);
    private final NDList labels = new NDList(label);
    private final NDList none = new NDList();

    @AfterEach
    void close() {
        manager.close();
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void whatALossIsMadeOf() {
        String noLayout = "layout: expected a value, got null";
        String noConfig = "config: expected a value, got null";
        refused(noLayout, () -> new GssLoss(null, config));
        refused(noConfig, () -> new GssLoss(layout, null));
        refused("schedule: expected a value, got null", () -> GssLoss.builder().optSchedule(null));
        refused(noLayout, () -> new DistillationLoss(null, config));
        refused(noConfig, () -> new DistillationLoss(layout, null));
        refused(noLayout, () -> new DecisionListener(null, config));
        refused(noConfig, () -> new DecisionListener(layout, null, 1));
        refused("loss: expected a value, got null", () -> new DecisionListener((GssLoss) null, 1));
        refused(
                "fusedFrom: expected a number of batches from 0, got -1",
                () -> LossSchedule.builder().optFusedFrom(-1));
        String branches =
                "layout: expected logits of 4 branches as the settings have modalities, got 2";
        refused(branches, () -> new GssLoss(layout, GssConfig.paper()));
        refused(branches, () -> new DistillationLoss(layout, GssConfig.paper()));
        GssLoss loss = new GssLoss(layout, config);
        String step = "step: expected a number of batches from 0, got -1";
        refused(step, () -> loss.setStep(-1));
        refused(step, () -> loss.configAt(-1));
    }

    @Test
    void whatALossIsGiven() {
        GssLoss whole = new GssLoss(layout, config);
        for (Loss loss : List.of(whole, new SoftDiceLoss(), new WeightedCrossEntropyLoss())) {
            refused(NO_PREDICTIONS, () -> loss.evaluate(labels, null));
            refused(
                    "predictions: expected at least one array, got none",
                    () -> loss.evaluate(labels, none));
            refused(NO_LABELS, () -> loss.evaluate(null, outputs));
            refused(
                    "labels: expected at least one array, got none",
                    () -> loss.evaluate(none, outputs));
            refused(
                    "labels: expected class indices of shape (2, 4, 5) or (2, 1, 4, 5), or one-hot"
                            + " labels of shape (2, 3, 4, 5), got (2, 3)",
                    () -> loss.evaluate(new NDList(manager.zeros(new Shape(2, 3))), outputs));
        }
        DistillationLoss distillation = new DistillationLoss(layout, config);
        refused(NO_PREDICTIONS, () -> distillation.evaluate(labels, null));
        refused(NO_LABELS, () -> distillation.evaluate(null, outputs));
        NDList present = new NDList(label, manager.zeros(new Shape(2, 3)));
        String shape = "present: expected shape (2, 2), got (2, 3)";
        refused(shape, () -> whole.evaluate(present, outputs));
        refused(shape, () -> distillation.evaluate(present, outputs));
        NDList unlike = new NDList(output, output, manager.zeros(new Shape(2, 3, 4, 4)));
        refused(
                "predictions 2: expected shape (2, 3, 4, 5) as the fused output, got (2, 3, 4, 4)",
                () -> whole.evaluate(labels, unlike));
        refused(
                "predictions 2: expected shape (2, 3, 4, 5) as the fused output, got (2, 3, 4, 4)",
                () -> distillation.evaluate(labels, unlike));
        refused(
                "predictions: expected 3 outputs, or outside training the fused one alone, got 2",
                () -> whole.evaluate(labels, outputs.subNDList(1)));
    }

    @Test
    void theLayout() {
        refused(
                "branches: expected a number from 1, got 0",
                () -> OutputLayout.fusedThenBranches(0));
        OutputLayout.Builder builder = OutputLayout.builder();
        refused("kind: expected a value, got null", () -> builder.setFused(0, null));
        refused("indices: expected a value, got null", () -> builder.setBranchLogits((int[]) null));
        refused(
                "indices: expected a value, got null",
                () -> builder.optBranchProbabilities((int[]) null));
        refused("kind: expected a value, got null", () -> builder.optAuxiliary(null, 3));
        refused(
                "indices: expected a value, got null",
                () -> builder.optAuxiliary(OutputKind.LOGITS, (int[]) null));
        refused("layout: expected a fused output and branches, got null and []", builder::build);
        builder.setFused(0, OutputKind.LOGITS).setBranchLogits(1, 2);
        refused(
                "branch probabilities: expected none or 2 as there are branches, got 1",
                () -> builder.optBranchProbabilities(3).build());
        builder.optBranchProbabilities(3, 4);
        refused(
                "layout: expected distinct output indices from 0, got [0, 1, 2, 3, 4, 2]",
                () -> builder.optAuxiliary(OutputKind.LOGITS, 2).build());
        refused(
                "layout: expected distinct output indices from 0, got [0, 1, 2, 3, 4, -5]",
                () -> builder.optAuxiliary(OutputKind.LOGITS, -5).build());
    }

    @Test
    void whatTheDiceOfBranchesIsMeasuredOf() {
        BranchDice.Builder builder = BranchDice.builder();
        refused("layout: expected a value, got null", () -> builder.setLayout(null));
        refused("modalities: expected a value, got null", () -> builder.setModalities(null));
        refused("classes: expected a value, got null", () -> builder.setClasses(null));
        refused("groups: expected a value, got null", () -> builder.setGroups(null));
        builder.setLayout(layout);
        refused("modalities: expected a value, got null", builder::build);
        builder.setModalities(List.of("a", "b"));
        refused("classes: expected a value, got null", builder::build);
    }

    @Test
    void regions() {
        String noRegion = "region: expected a value, got null";
        refused(noRegion, () -> DiceScore.of(null, 4));
        refused(
                "output: expected an index from 0, got -1",
                () -> DiceScore.builder().optOutput(-1));
        refused(
                "classes: expected distinct indices from 0, at least one, got [1, 1]",
                () -> new DiceScore("x", 1, 1));
        refused(
                "classes: expected distinct indices from 0, at least one, got [-1]",
                () -> DiceScore.builder().setClasses(-1));
        refused("classes: expected at least one, got none", () -> DiceScore.builder().build());
        Evaluator dice = DiceScore.of(TumorRegion.CORE, 4);
        refused(NO_PREDICTIONS, () -> dice.evaluate(labels, null));
        refused(NO_LABELS, () -> dice.evaluate(null, new NDList(output)));
        String noKey = "key: expected a value, got null";
        refused(noKey, () -> dice.addAccumulator(null));
        refused(noKey, () -> dice.resetAccumulator(null));
        refused(noKey, () -> dice.getAccumulator(null));
        refused(noKey, () -> dice.updateAccumulator(null, labels, outputs));
        refused(
                "keys: expected a value, got null",
                () -> dice.updateAccumulators(null, labels, outputs));
        refused(
                "Dice_core: no accumulator was added with the key x",
                () -> dice.getAccumulator("x"));
    }
}
