/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.github.gssloss.core.ModalityDice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Networks fitted by EasyTrain, by default with Adam, to the images of {@link Training}. */
final class FittedNetwork {

    static final Shape INPUT = new Shape(Training.BATCH, 2, 16, 16);

    private FittedNetwork() {}

    /** What is done with a trainer and the images. */
    interface Use {

        void of(Trainer trainer, ArrayDataset images) throws IOException, TranslateException;
    }

    /** Initialises a network with the same parameters and images each time. */
    static void use(Block network, Loss loss, Consumer<DefaultTrainingConfig> more, Use use)
            throws IOException, TranslateException {
        Engine.getInstance().setRandomSeed(7);
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optOptimizer(
                                Adam.builder()
                                        .optLearningRateTracker(Tracker.fixed(0.02f))
                                        .build());
        more.accept(config);
        try (Model model = Model.newInstance("fitted")) {
            model.setBlock(network);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(INPUT);
                use.of(trainer, Training.dataset(trainer.getManager()));
            }
        }
    }

    /** The weights of a network after some epochs, with the images as validation data or none. */
    static List<float[]> weights(
            Block network,
            Loss loss,
            int epochs,
            boolean validated,
            Consumer<DefaultTrainingConfig> more)
            throws IOException, TranslateException {
        List<float[]> weights = new ArrayList<>();
        use(
                network,
                loss,
                more,
                (trainer, images) -> {
                    EasyTrain.fit(trainer, epochs, images, validated ? images : null);
                    weights.addAll(weights(network));
                });
        return weights;
    }

    /** Copies all parameters of a network, statistics of batch normalisation among them. */
    static List<float[]> weights(Block network) {
        return network.getParameters().values().stream()
                .map(parameter -> parameter.getArray().toFloatArray())
                .toList();
    }

    /** Two lists of weights in a form that can be compared bit by bit. */
    static List<String> bits(List<float[]> weights) {
        return weights.stream().map(Arrays::toString).toList();
    }

    /** The Dice of each branch for each class after some epochs. */
    static ModalityDice branchDice(Block network, Loss loss, int epochs)
            throws IOException, TranslateException {
        List<ModalityDice> dice = new ArrayList<>();
        use(
                network,
                loss,
                config -> {},
                (trainer, images) -> {
                    EasyTrain.fit(trainer, epochs, images, null);
                    dice.add(measure(trainer, images, Training.layout()));
                });
        return dice.get(0);
    }

    static ModalityDice measure(Trainer trainer, ArrayDataset images, OutputLayout layout)
            throws IOException, TranslateException {
        return BranchDice.builder()
                .setLayout(layout)
                .setGroups(Training.groups())
                .build()
                .measure(trainer, images);
    }

    /** The Dice of branch a for the first class and of branch b for the second, which they see. */
    static List<Double> ofOwnClass(ModalityDice dice) {
        return List.of(dice.value(0, 1).orElse(0), dice.value(1, 2).orElse(0));
    }
}
