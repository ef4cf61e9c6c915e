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
import io.github.gssloss.djl.OutputKind;
import io.github.gssloss.networks.ModalityNetwork;
import io.github.gssloss.networks.optim.AmsGrad;
import java.io.IOException;
import java.util.List;

/**
 * One network and its optimiser: what {@link ai.djl.training.EasyTrain} does with a batch, with the
 * time of each part. The losses are those that the network was published with, its own included.
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
    private final ModalityNetwork network;
    private final Loss loss;
    private final StepCase size;

    TimedStep(StepCase size, Device device) {
        this.size = size;
        network = size.create();
        loss = loss(GssConfig.paper());
        model = Model.newInstance(size.network().key(), device);
        model.setBlock(network);
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optDevices(new Device[] {device})
                        .optOptimizer(optimizer);
        trainer = model.newTrainer(config);
        trainer.initialize(size.images(), size.subsets());
    }

    private Loss loss(GssConfig config) {
        GssLoss.Builder builder = GssLoss.builder().setLayout(network.layout()).setConfig(config);
        network.taskLosses().forEach(task -> builder.addTaskLoss(task, OutputKind.PROBABILITIES));
        return builder.build();
    }

    /** The parent of the batches. */
    NDManager manager() {
        return trainer.getManager();
    }

    /** Steps with the paper's loss on one batch, again and again. */
    Contender gss() {
        return repeated(loss);
    }

    /** The same network, batch and optimiser without the distillation. */
    Contender taskAlone() {
        return repeated(loss(GssConfig.builder().optAlpha(1).optBeta(0).build()));
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

    /** What the engine does in a step with the paper's loss. */
    List<EngineProfile.Operation> profile() throws IOException {
        Contender step = gss();
        Stopwatch watch = new Stopwatch(manager());
        return EngineProfile.of(() -> watch.time(step)).byTime();
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
