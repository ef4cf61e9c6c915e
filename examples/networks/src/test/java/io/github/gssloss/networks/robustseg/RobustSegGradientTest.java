/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import io.github.gssloss.djl.CrossEntropyLoss;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Losses and gradients of the whole network against those of the independent implementation. */
class RobustSegGradientTest {

    private NDManager manager;
    private RobustSegGolden golden;
    private RobustSeg network;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        golden = RobustSegGolden.read(manager);
        network = golden.network(manager);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void withBranchesAndPlainCrossEntropy() {
        check("total", "grad/", List.of(new CrossEntropyLoss()), golden.modalities(), () -> {});
    }

    @Test
    void asPublished() {
        check("own", "grad_own/", network.taskLosses(), 0, () -> {});
    }

    @Test
    void garbageBetweenForwardAndBackwardChangesNothing() {
        check("own", "grad_own/", network.taskLosses(), 0, RobustSegGradientTest::churn);
    }

    /** Collects what nobody holds any more, and writes over the memory that this gave back. */
    private static void churn() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            for (int i = 0; i < 2000; i++) {
                ByteBuffer garbage = ByteBuffer.allocateDirect(4 + i % 64);
                while (garbage.hasRemaining()) {
                    garbage.put((byte) 0x7f);
                }
            }
        }
    }

    private void check(
            String loss,
            String prefix,
            List<Loss> taskLosses,
            int branches,
            Runnable betweenForwardAndBackward) {
        NDList labels = new NDList(golden.label());
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList outputs =
                    network.forward(new ParameterStore(manager, false), golden.inputs(), true);
            NDArray tenth = manager.full(new Shape(), 0.1f);
            NDArray sum = outputs.get("l1").add(outputs.get("kl")).mul(tenth);
            for (Loss task : taskLosses) {
                for (NDArray output : outputs.subList(0, 1 + branches)) {
                    sum = sum.add(task.evaluate(labels, new NDList(output)));
                }
            }
            assertThat((double) sum.getFloat())
                    .isCloseTo(golden.loss(loss)[0], withinPercentage(1e-3));
            betweenForwardAndBackward.run();
            collector.backward(sum);
        }
        NDList expected = golden.named(prefix);
        assertThat(expected).isNotEmpty();
        for (NDArray gradient : expected) {
            NDArray parameter = BlockWeights.parameters(network).get(gradient.getName()).getArray();
            double largest = gradient.abs().max().getFloat();
            double error = parameter.getGradient().sub(gradient).abs().max().getFloat();
            assertThat(largest).as(gradient.getName()).isPositive();
            assertThat(error).as(gradient.getName()).isLessThan(1e-3 * largest);
        }
    }
}
