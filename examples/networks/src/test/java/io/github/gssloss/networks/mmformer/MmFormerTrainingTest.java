/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.tracker.Tracker;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.weights.BlockWeights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** mmFormer in the hands of DJL's trainer, with the whole loss. */
class MmFormerTrainingTest {

    private static final Shape IMAGES = new Shape(1, 4, 32, 32, 32);
    private static final Shape SUBSET = new Shape(1, 4);
    private static final int STEPS = 3;

    private record Trained(List<Float> losses, Map<String, List<Number>> weights) {}

    @Test
    void everyKindOfWeightMovesAndTheLossFalls() {
        Trained before = trained(0, () -> {});
        Trained after = trained(STEPS, () -> {});

        assertThat(after.losses().get(STEPS - 1)).isLessThan(after.losses().get(0));
        after.weights()
                .forEach(
                        (name, values) ->
                                assertThat(values)
                                        .as(name)
                                        .isNotEqualTo(before.weights().get(name)));
    }

    @Test
    void garbageBetweenForwardAndBackwardChangesNoBit() {
        Trained churned = trained(STEPS, MmFormerTrainingTest::churn);
        Trained undisturbed = trained(STEPS, () -> {});

        assertThat(churned).isEqualTo(undisturbed);
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

    private static Trained trained(int steps, Runnable betweenForwardAndBackward) {
        Engine.getInstance().setRandomSeed(17);
        GssLoss loss = new GssLoss(OutputLayout.mmformer(), GssConfig.paper());
        MmFormer network =
                MmFormer.builder()
                        .setClasses(4)
                        .optWidth(2)
                        .optPatch(2)
                        .optHeads(2)
                        .optTokenWidth(8)
                        .optHiddenWidth(16)
                        .build();
        try (Model model = Model.newInstance("mmformer");
                AmsGrad optimizer =
                        AmsGrad.builder().optLearningRateTracker(Tracker.fixed(3e-3f)).build()) {
            model.setBlock(network);
            DefaultTrainingConfig config = new DefaultTrainingConfig(loss).optOptimizer(optimizer);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(IMAGES, SUBSET);
                List<Float> losses = new ArrayList<>();
                try (NDManager scope = trainer.getManager().newSubManager()) {
                    NDArray images = scope.randomNormal(IMAGES);
                    NDList labels = new NDList(images.get(":,0").gt(0.5f));
                    for (int step = 0; step < steps; step++) {
                        boolean even = step % 2 == 0;
                        NDArray subset = scope.create(new boolean[][] {{even, true, !even, true}});
                        try (GradientCollector collector = trainer.newGradientCollector()) {
                            NDList outputs = trainer.forward(new NDList(images, subset));
                            NDArray value = loss.evaluate(labels, outputs);
                            betweenForwardAndBackward.run();
                            collector.backward(value);
                            losses.add(value.getFloat());
                        }
                        trainer.step();
                    }
                }
                Map<String, List<Number>> weights = new TreeMap<>();
                BlockWeights.parameters(network)
                        .forEach(
                                (name, parameter) ->
                                        weights.put(name, List.of(parameter.getArray().toArray())));
                return new Trained(losses, weights);
            }
        }
    }
}
