/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.rfnet;

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

/** The published network of width 4 with its inputs and outputs, see {@code src-test-data}. */
record RfNetGolden(NDList arrays) {

    static RfNetGolden read(NDManager manager) {
        try {
            return new RfNetGolden(
                    NpzFile.read(
                            manager,
                            Path.of(RfNetGolden.class.getResource("/rfnet-zeros.npz").toURI())));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
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

    RfNet network(NDManager manager, PaddingMode padding) {
        RfNet network = RfNet.builder().setClasses(4).optWidth(4).optPadding(padding).build();
        network.initialize(manager, DataType.FLOAT32, new Shape(2, 4, 16, 16, 16), new Shape(2, 4));
        BlockWeights.load(network, weights(), "rfnet-zeros.npz");
        return network;
    }
}
