/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import io.github.gssloss.core.ClassGroups;
import io.github.gssloss.core.GssConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A network of a single modality: one branch, one task loss, no other to learn from. */
class OneBranchTest {

    private static final GssConfig CONFIG =
            GssConfig.builder()
                    .optGroups(ClassGroups.parse(List.of("ct"), "air: ct; liver: ct; cancer: ct"))
                    .optAlpha(1)
                    .optBeta(0)
                    .build();

    @Test
    void theTotalIsTheTaskOfBothOutputs() {
        SoftmaxCrossEntropyLoss task = new SoftmaxCrossEntropyLoss("task", 1, 1, false, true);
        GssLoss loss =
                GssLoss.builder()
                        .setLayout(
                                OutputLayout.fusedThenBranches(
                                        1, OutputKind.LOGITS, OutputKind.LOGITS))
                        .setConfig(CONFIG)
                        .addTaskLoss(task, OutputKind.LOGITS)
                        .build();
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(3);
            Shape shape = new Shape(2, 3, 4, 5);
            NDArray fused = manager.randomNormal(0, 1, shape, DataType.FLOAT64);
            NDArray branch = manager.randomNormal(0, 1, shape, DataType.FLOAT64);
            branch.setRequiresGradient(true);
            NDArray classes = manager.randomInteger(0, 3, new Shape(2, 4, 5), DataType.INT64);
            NDList labels = new NDList(Training.oneHot(classes).toType(DataType.FLOAT64, false));
            double expected =
                    task.evaluate(labels, new NDList(fused)).getDouble()
                            + task.evaluate(labels, new NDList(branch)).getDouble();
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray total = loss.evaluate(labels, new NDList(fused, branch));
                assertThat(total.getDouble()).isCloseTo(expected, within(1e-12));
                collector.backward(total);
            }
            assertThat(branch.getGradient().abs().sum().getDouble()).isPositive();
        }
    }
}
