/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.github.gssloss.imaging.segment.Segmenter;
import io.github.gssloss.imaging.segment.SlidingWindow;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.NetworkKind;
import io.github.gssloss.program.config.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The network of a run, on a device: what training and evaluation need to know of it, whatever it
 * is made of.
 */
public interface RunNetwork extends AutoCloseable {

    /**
     * Makes the network that settings describe, with its own initial weights.
     *
     * @param settings the settings of the run
     * @param device where the network runs
     * @return the network
     * @throws io.github.gssloss.files.UserInputException if its file does not fit
     */
    static RunNetwork create(RunSettings settings, Device device) {
        return settings.model().name() == NetworkKind.TORCHSCRIPT
                ? TorchScriptNetwork.open(
                        settings, Path.of(settings.model().file().orElseThrow()), device)
                : JavaNetwork.create(settings, device);
    }

    /**
     * Makes the network of a run with the weights of one of its checkpoints.
     *
     * @param settings the settings of the run
     * @param checkpoint the weights
     * @param device where the network runs
     * @return the network
     * @throws io.github.gssloss.files.UserInputException if the weights do not fit
     */
    static RunNetwork restore(RunSettings settings, Path checkpoint, Device device) {
        if (settings.model().name() == NetworkKind.TORCHSCRIPT) {
            return TorchScriptNetwork.open(settings, checkpoint, device);
        }
        RunNetwork network = JavaNetwork.create(settings, device);
        try {
            network.load(checkpoint);
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * Makes the network of a run with the weights of one of its checkpoints, on the device of the
     * run's settings, to evaluate or predict with.
     *
     * @param settings the settings of the run
     * @param checkpoint the weights
     * @return the network, its parameters frozen
     * @throws io.github.gssloss.files.UserInputException if the weights do not fit, or the device
     *     is not there
     */
    static RunNetwork trained(RunSettings settings, Path checkpoint) {
        RunNetwork network = restore(settings, checkpoint, Devices.of(settings.device()));
        // What is not trained needs no record of how it was computed.
        network.parameters().freezeParameters(true);
        return network;
    }

    /**
     * Returns the shapes of the inputs.
     *
     * @param settings the settings of the run
     * @param samples the number of samples B
     * @return images (B, M, x, y, z) and subsets of the modalities (B, M)
     */
    static Shape[] inputs(RunSettings settings, int samples) {
        int modalities = settings.description().modalityCount();
        Shape crop =
                new Shape(
                        settings.crop().depth(), settings.crop().height(), settings.crop().width());
        return new Shape[] {
            new Shape(samples, modalities).addAll(crop), new Shape(samples, modalities)
        };
    }

    /**
     * Returns the settings of the run.
     *
     * @return the settings
     */
    RunSettings settings();

    /**
     * Returns the model, which owns everything.
     *
     * @return the model; its block takes images and subsets
     */
    Model model();

    /**
     * Returns the owner of the weights.
     *
     * @return the manager of the model
     */
    default NDManager manager() {
        return model().getNDManager();
    }

    /**
     * Returns the block that has the parameters.
     *
     * @return the block
     */
    Block parameters();

    /**
     * Returns how many numbers the parameters have together.
     *
     * @return their number
     */
    default long size() {
        return BlockWeights.parameters(parameters()).values().stream()
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }

    /**
     * Returns the network as the evaluation uses it.
     *
     * @return the network, from windows to probabilities
     */
    Segmenter segmenter();

    /**
     * Segments in windows of the size of the run's crops.
     *
     * @param overlap the overlap of neighbouring windows, from 0 to below 1
     * @return the sliding window
     */
    default SlidingWindow slidingWindow(double overlap) {
        return new SlidingWindow(
                segmenter(),
                settings().description().labels().classes(),
                settings().crop().sides(),
                overlap);
    }

    /**
     * Returns a function that gives the outputs of training and changes no parameter.
     *
     * @return from images and subsets to the outputs; empty where the network gives these outputs
     *     in training alone
     */
    Optional<UnaryOperator<NDList>> branches();

    /**
     * Returns the file extension of a checkpoint.
     *
     * @return the extension without the dot
     */
    String checkpointType();

    /**
     * Writes a checkpoint, whole or not at all.
     *
     * @param file the file to write
     */
    void save(Path file);

    /**
     * Returns whether a published array belongs to nothing that the network uses.
     *
     * @param parameter the name of the array
     * @return true for an array to leave out
     */
    default boolean neverUses(String parameter) {
        return false;
    }

    /**
     * Copies the weights of an archive into the network.
     *
     * @param weights an {@code .npz} archive
     * @return the names of the arrays that the network has no use for
     * @throws io.github.gssloss.files.UserInputException if the weights do not fit
     */
    default List<String> load(Path weights) {
        try (NDManager reading = manager().newSubManager()) {
            return BlockWeights.load(
                    parameters(),
                    NpzFile.read(reading, weights),
                    this::neverUses,
                    weights.toString());
        }
    }

    @Override
    void close();
}
