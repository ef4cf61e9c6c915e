/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.runs;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.github.gssloss.examples.config.NetworkKind;
import io.github.gssloss.examples.config.RunSettings;
import io.github.gssloss.examples.data.Modality;
import io.github.gssloss.examples.evaluate.Segmenter;
import io.github.gssloss.examples.weights.BlockWeights;
import io.github.gssloss.examples.weights.NpzFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The network of a run, on a device: what a training and a judgement need to know of it, whatever
 * it is made of.
 */
interface RunNetwork extends AutoCloseable {

    /**
     * Makes the network that settings describe, with its own initial weights.
     *
     * @param settings the settings of the run
     * @param device where the network runs
     * @throws io.github.gssloss.examples.UserInputException if its file does not fit
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
     * @throws io.github.gssloss.examples.UserInputException if the weights do not fit
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

    /** The shapes of images and subsets of so many samples. */
    static Shape[] inputs(RunSettings settings, int samples) {
        int modalities = Modality.values().length;
        Shape crop =
                new Shape(
                        settings.crop().depth(), settings.crop().height(), settings.crop().width());
        return new Shape[] {
            new Shape(samples, modalities).addAll(crop), new Shape(samples, modalities)
        };
    }

    /** The model, whose block takes images and subsets. It owns everything. */
    Model model();

    /** The block that has the parameters. */
    Block parameters();

    /** The network as the evaluation sees it. */
    Segmenter segmenter(ParameterStore store);

    /**
     * A block that gives the outputs of training and changes nothing, whether it is asked as in
     * training or not; empty where the network gives them only while it learns.
     */
    Optional<Block> branches(ParameterStore store);

    /** How the file of a checkpoint ends, without the dot. */
    String checkpointType();

    /** Writes a checkpoint, whole or not at all. */
    void save(Path file);

    /** Whether a published array belongs to nothing that the network uses. */
    default boolean neverUses(String parameter) {
        return false;
    }

    /**
     * Copies the weights of an archive into the network.
     *
     * @param weights an {@code .npz} archive
     * @return the names of the arrays that the network has no use for
     * @throws io.github.gssloss.examples.UserInputException if the weights do not fit
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
