/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.model;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.segment.Segmenter;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.NpzFile;
import io.github.gssloss.program.config.NetworkKind;
import io.github.gssloss.program.config.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The network of a run, on a device: what a training and a judgement need to know of it, whatever
 * it is made of.
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
                ? TorchScriptNetwork.create(settings, device)
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
            return TorchScriptNetwork.restore(settings, checkpoint, device);
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
     * Returns the shapes of the inputs.
     *
     * @param settings the settings of the run
     * @param samples the number of samples B
     * @return images (B, M, x, y, z) and subsets of the modalities (B, M)
     */
    static Shape[] inputs(RunSettings settings, int samples) {
        int modalities = Modality.values().length;
        Shape crop =
                new Shape(
                        settings.crop().depth(), settings.crop().height(), settings.crop().width());
        return new Shape[] {
            new Shape(samples, modalities).addAll(crop), new Shape(samples, modalities)
        };
    }

    /**
     * Returns the model, which owns everything.
     *
     * @return the model; its block takes images and subsets
     */
    Model model();

    /**
     * Returns the block that has the parameters.
     *
     * @return the block
     */
    Block parameters();

    /**
     * Returns the network as the evaluation uses it.
     *
     * @param store the store of the parameters
     * @return the network, from windows to probabilities
     */
    Segmenter segmenter(ParameterStore store);

    /**
     * Returns a block that gives the outputs of training and changes no parameter.
     *
     * @param store the store of the parameters
     * @return the block; empty where the network gives these outputs in training alone
     */
    Optional<Block> branches(ParameterStore store);

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
        try (var reading = model().getNDManager().newSubManager()) {
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
