/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.evaluate.SlidingWindow;
import io.github.gssloss.examples.networks.ModalityNetwork;
import io.github.gssloss.examples.weights.BlockWeights;
import io.github.gssloss.examples.weights.NpzFile;
import java.nio.file.Path;
import java.util.Optional;

/** The network of a run with weights, on the device of the run's settings, ready to segment. */
final class TrainedNetwork implements AutoCloseable {

    private final RunSettings settings;
    private final Model model;
    private final ModalityNetwork network;

    private TrainedNetwork(RunSettings settings, Model model, ModalityNetwork network) {
        this.settings = settings;
        this.model = model;
        this.network = network;
    }

    /**
     * Loads a network.
     *
     * @param settings the settings of the run
     * @param weights a checkpoint
     * @throws io.github.gssloss.examples.UserInputException if the weights do not fit the network,
     *     or the device is not there
     */
    static TrainedNetwork load(RunSettings settings, Path weights) {
        Model model = Model.newInstance("trained", Devices.of(settings.device()));
        try {
            NDManager manager = model.getNDManager();
            ModalityNetwork network = Networks.of(settings);
            network.initialize(manager, DataType.FLOAT32, Networks.inputs(settings, 1));
            try (NDManager reading = manager.newSubManager()) {
                BlockWeights.load(network, NpzFile.read(reading, weights), weights.toString());
            }
            // What is not trained needs no record of how it was computed.
            network.freezeParameters(true);
            return new TrainedNetwork(settings, model, network);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The owner of the weights, for the windows. */
    NDManager manager() {
        return model.getNDManager();
    }

    /** Segments in windows of the size of the run's crops. */
    SlidingWindow slidingWindow(double overlap) {
        return new SlidingWindow(
                new NetworkSegmenter(network, new ParameterStore(manager(), false)),
                settings.labels().classes(),
                settings.crop().sides(),
                overlap);
    }

    /**
     * Draws which rule of the run's distillation decided where, in windows as {@link
     * #slidingWindow} has them; empty where the run was trained without distillation.
     */
    Optional<DecisionPictures> decisions(double overlap) {
        return DecisionPictures.of(
                settings, network, new ParameterStore(manager(), false), overlap);
    }

    @Override
    public void close() {
        network.clear();
        model.close();
    }
}
