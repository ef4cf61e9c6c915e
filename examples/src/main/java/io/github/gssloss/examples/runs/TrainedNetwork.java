/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.evaluate.SlidingWindow;
import java.nio.file.Path;
import java.util.Optional;

/** The network of a run with weights, on the device of the run's settings, ready to segment. */
final class TrainedNetwork implements AutoCloseable {

    private final RunSettings settings;
    private final RunNetwork network;

    private TrainedNetwork(RunSettings settings, RunNetwork network) {
        this.settings = settings;
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
        RunNetwork network = RunNetwork.restore(settings, weights, Devices.of(settings.device()));
        // What is not trained needs no record of how it was computed.
        network.parameters().freezeParameters(true);
        return new TrainedNetwork(settings, network);
    }

    /** The owner of the weights, for the windows. */
    NDManager manager() {
        return network.model().getNDManager();
    }

    /** Segments in windows of the size of the run's crops. */
    SlidingWindow slidingWindow(double overlap) {
        return new SlidingWindow(
                network.segmenter(new ParameterStore(manager(), false)),
                settings.labels().classes(),
                settings.crop().sides(),
                overlap);
    }

    /**
     * Draws which rule of the run's distillation decided where, in windows as {@link
     * #slidingWindow} has them; empty where no votes taught the run, or where the network shows its
     * branches in training alone.
     */
    Optional<DecisionPictures> decisions(double overlap) {
        ParameterStore store = new ParameterStore(manager(), false);
        return network.branches(store)
                .flatMap(block -> DecisionPictures.of(settings, block, store, overlap));
    }

    @Override
    public void close() {
        network.close();
    }
}
