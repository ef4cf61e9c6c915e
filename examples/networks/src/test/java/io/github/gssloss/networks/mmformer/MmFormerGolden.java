/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.mmformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.PaddingMode;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.NpzFile;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The published network of width 2 with its inputs and outputs, see {@code src-test-data}. */
record MmFormerGolden(NDList arrays) {

    static final Shape IMAGES = new Shape(1, 4, 32, 32, 32);
    static final Shape SUBSET = new Shape(1, 4);

    static MmFormerGolden read(NDManager manager) {
        try {
            Path file = Path.of(MmFormerGolden.class.getResource("/mmformer-reflect.npz").toURI());
            return new MmFormerGolden(NpzFile.read(manager, file));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A network of the golden one's size, otherwise as published. */
    static MmFormerBuilder builder() {
        return MmFormer.builder()
                .setClasses(4)
                .optWidth(2)
                .optPatch(2)
                .optHeads(4)
                .optTokenWidth(16)
                .optHiddenWidth(32);
    }

    NDList inputs() {
        return new NDList(arrays.get("x"), arrays.get("present"));
    }

    NDArray output(String name) {
        return arrays.get("out/" + name);
    }

    NDList weights() {
        NDList weights = new NDList();
        arrays.stream().filter(array -> array.getName().startsWith("w/")).forEach(weights::add);
        return weights;
    }

    /** The golden network: every 3^3 convolution reflects, also those of the fusion. */
    MmFormer network(NDManager manager) {
        return load(manager, builder().optDropout(0).optFusionPadding(PaddingMode.REFLECT).build());
    }

    /** The golden weights in a network of another kind. */
    MmFormer load(NDManager manager, MmFormer network) {
        network.initialize(manager, DataType.FLOAT32, IMAGES, SUBSET);
        BlockWeights.load(network, weights(), network::neverUses, "mmformer-reflect.npz");
        return network;
    }
}
