/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.djl.GssLoss;
import io.github.gssloss.djl.OutputLayout;
import io.github.gssloss.networks.optim.AmsGrad;
import io.github.gssloss.networks.rfnet.RfNet;

/**
 * One RFNet and its optimiser: what {@link ai.djl.training.EasyTrain} does with a batch, with the
 * time of each part.
 */
final class TimedStep implements AutoCloseable {

    static final String WAITING = "waiting for the batch";
    static final String FORWARD = "network forward";
    static final String LOSS = "loss";
    static final String BACKWARD = "backward";
    static final String OPTIMISER = "optimiser";
    static final String CLOSING = "closing the batch";

    private final Model model;
    private final AmsGrad optimizer = AmsGrad.builder().build();
    private final Trainer trainer;
    private final Loss loss = new GssLoss(OutputLayout.rfnet(), GssConfig.paper());
    private final StepCase size;

    TimedStep(StepCase size, Device device) {
        this.size = size;
        model = Model.newInstance("rfnet", device);
        model.setBlock(RfNet.builder().setClasses(StepCase.CLASSES).optWidth(size.width()).build());
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optDevices(new Device[] {device})
                        .optOptimizer(optimizer);
        trainer = model.newTrainer(config);
        trainer.initialize(size.images(), size.subsets());
    }

    /** The parent of the batches. */
    NDManager manager() {
        return trainer.getManager();
    }

    /** Steps with the paper's loss on one batch, again and again. */
    Contender gss() {
        return repeated(loss);
    }

    /** The same network, batch and optimiser with the task losses alone. */
    Contender taskAlone() {
        GssConfig config = GssConfig.builder().optAlpha(1).optBeta(0).build();
        return repeated(new GssLoss(OutputLayout.rfnet(), config));
    }

    private Contender repeated(Loss with) {
        NDList data = size.data(manager());
        NDList labels = size.labels(manager());
        return watch -> {
            NDManager batch = manager().newSubManager();
            NDList images = LossContenders.aliases(data, batch);
            NDList truth = LossContenders.aliases(labels, batch);
            watch.restart();
            take(with, images, truth, watch);
            batch.close();
            watch.lap(CLOSING);
        };
    }

    /** One step with the paper's loss, after which the batch is closed. */
    void train(Batch batch, Stopwatch watch) {
        take(loss, batch.getData(), batch.getLabels(), watch);
        batch.close();
        watch.lap(CLOSING);
    }

    private void take(Loss with, NDList data, NDList labels, Stopwatch watch) {
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList predictions = trainer.forward(data, labels);
            watch.lap(FORWARD);
            NDArray value = with.evaluate(labels, predictions);
            watch.lap(LOSS);
            collector.backward(value);
            watch.lap(BACKWARD);
        }
        trainer.step();
        watch.lap(OPTIMISER);
    }

    /** Frees network and moments. */
    @Override
    public void close() {
        trainer.close();
        optimizer.close();
        model.close();
    }
}
