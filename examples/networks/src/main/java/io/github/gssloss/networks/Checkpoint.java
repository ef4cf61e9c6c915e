/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.NpzFile;
import java.nio.file.Path;
import java.util.function.Function;

/** Makes the network that a file of weights belongs to. */
public final class Checkpoint {

    /** A side that every network accepts whose weights do not depend on the side. */
    private static final int SIDE = 16;

    private Checkpoint() {}

    /**
     * Makes the network that a file of weights belongs to, with these weights.
     *
     * @param <N> the kind of the network
     * @param weights an {@code .npz} file as {@link BlockWeights#save} writes it
     * @param manager the owner of the parameters
     * @param sized builds the network that arrays of these shapes belong to; its weights must not
     *     depend on the size of the images
     * @return the network, initialised
     * @throws io.github.gssloss.files.UserInputException if the file cannot be read or does not
     *     hold the weights of such a network
     */
    public static <N extends ModalityNetwork> N load(
            Path weights, NDManager manager, Function<WeightShapes, N> sized) {
        try (NDManager reading = manager.newSubManager()) {
            NDList arrays = NpzFile.read(reading, weights);
            String source = weights.toString();
            N network = sized.apply(new WeightShapes(source, BlockWeights.shapes(arrays)));
            int modalities = network.modalities().size();
            Shape images = new Shape(1, modalities).addAll(network.axes().cube(SIDE));
            network.initialize(manager, DataType.FLOAT32, images, new Shape(1, modalities));
            BlockWeights.load(network, arrays, source);
            return network;
        }
    }
}
