/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.weights.BlockWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** RFNet in the hands of DJL's trainer. */
class RfNetTrainingTest {

    private static final Shape IMAGES = new Shape(1, 4, 16, 16, 16);
    private static final Shape SUBSET = new Shape(1, 4);

    /** Squared outputs, all of them, made of operations that are safe to record. */
    private static final class SquaredOutputs extends Loss {

        private final Runnable afterwards;

        SquaredOutputs(Runnable afterwards) {
            super("squared");
            this.afterwards = afterwards;
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            NDArray sum = null;
            for (NDArray prediction : predictions) {
                NDArray term = prediction.square().mean();
                sum = sum == null ? term : sum.add(term);
            }
            afterwards.run();
            return sum;
        }
    }

    @Test
    void easyTrainTakesItsSteps() throws IOException, TranslateException {
        Engine.getInstance().setRandomSeed(16);
        try (Model model = Model.newInstance("rfnet");
                AmsGrad optimizer = optimizer()) {
            model.setBlock(RfNet.builder().setClasses(4).optWidth(4).build());
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(new SquaredOutputs(() -> {})).optOptimizer(optimizer);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(IMAGES, SUBSET);
                List<Float> losses = new ArrayList<>();
                ArrayDataset dataset = dataset(trainer.getManager());
                for (int epoch = 0; epoch < 2; epoch++) {
                    for (Batch batch : trainer.iterateDataset(dataset)) {
                        EasyTrain.trainBatch(trainer, batch);
                        trainer.step();
                        losses.add(loss(trainer, batch));
                        batch.close();
                    }
                }

                assertThat(losses).hasSize(4);
                assertThat(losses.get(2)).isLessThan(losses.get(0));
                assertThat(losses.get(3)).isLessThan(losses.get(1));
                assertThat(optimizer.moments().keySet())
                        .containsExactlyInAnyOrderElementsOf(
                                model.getBlock().getParameters().values().stream()
                                        .map(Parameter::getId)
                                        .toList());
            }
        }
    }

    private static float loss(Trainer trainer, Batch batch) {
        NDList outputs = trainer.evaluate(batch.getData());
        return trainer.getLoss().evaluate(batch.getLabels(), outputs).getFloat();
    }

    private static ArrayDataset dataset(NDManager manager) {
        NDArray images = manager.randomNormal(new Shape(2, 4, 16, 16, 16));
        NDArray subsets =
                manager.create(
                        new boolean[][] {{true, true, false, true}, {true, false, false, false}});
        return new ArrayDataset.Builder()
                .setData(images, subsets)
                .optLabels(manager.zeros(new Shape(2, 1)))
                .setSampling(1, false)
                .build();
    }

    @Test
    void garbageBetweenForwardAndBackwardChangesNoBit() {
        assertThat(trained(RfNetTrainingTest::churn)).isEqualTo(trained(() -> {}));
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

    private static Map<String, List<Number>> trained(Runnable betweenForwardAndBackward) {
        Engine.getInstance().setRandomSeed(17);
        SquaredOutputs loss = new SquaredOutputs(betweenForwardAndBackward);
        try (Model model = Model.newInstance("rfnet");
                AmsGrad optimizer = optimizer()) {
            RfNet network = RfNet.builder().setClasses(4).optWidth(4).build();
            model.setBlock(network);
            DefaultTrainingConfig config = new DefaultTrainingConfig(loss).optOptimizer(optimizer);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(IMAGES, SUBSET);
                for (int step = 0; step < 4; step++) {
                    step(trainer, loss);
                }
                Map<String, List<Number>> weights = new TreeMap<>();
                BlockWeights.parameters(network)
                        .forEach(
                                (name, parameter) ->
                                        weights.put(name, List.of(parameter.getArray().toArray())));
                return weights;
            }
        }
    }

    private static void step(Trainer trainer, SquaredOutputs loss) {
        try (NDManager scope = trainer.getManager().newSubManager()) {
            NDList inputs =
                    new NDList(
                            scope.randomNormal(IMAGES),
                            scope.create(new boolean[][] {{true, false, true, true}}));
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList outputs = trainer.forward(inputs);
                collector.backward(loss.evaluate(new NDList(), outputs));
            }
            trainer.step();
        }
    }

    private static AmsGrad optimizer() {
        return AmsGrad.builder()
                .optLearningRateTracker(Tracker.fixed(1e-3f))
                .optWeightDecays(1e-4f)
                .build();
    }
}
