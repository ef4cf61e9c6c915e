/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.evaluation;

import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.program.config.RunSettings;
import io.github.gssloss.program.model.Devices;
import io.github.gssloss.program.model.RunNetwork;
import java.nio.file.Path;
import java.util.Optional;

/** The network of a run with weights, on the device of the run's settings, ready to segment. */
public final class TrainedNetwork implements AutoCloseable {

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
     * @return the network, its parameters frozen
     * @throws io.github.gssloss.files.UserInputException if the weights do not fit the network, or
     *     the device is not there
     */
    public static TrainedNetwork load(RunSettings settings, Path weights) {
        RunNetwork network = RunNetwork.restore(settings, weights, Devices.of(settings.device()));
        // What is not trained needs no record of how it was computed.
        network.parameters().freezeParameters(true);
        return new TrainedNetwork(settings, network);
    }

    /**
     * Returns the owner of the weights.
     *
     * @return the manager
     */
    public NDManager manager() {
        return network.model().getNDManager();
    }

    /**
     * Segments in windows of the size of the run's crops.
     *
     * @param overlap the overlap of neighbouring windows, from 0 to below 1
     * @return the sliding window
     */
    public SlidingWindow slidingWindow(double overlap) {
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
