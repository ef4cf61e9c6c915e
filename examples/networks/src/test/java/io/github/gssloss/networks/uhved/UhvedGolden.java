/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.gssloss.networks.WeightShapes;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.NpzFile;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** A network with its inputs, noise, outputs and gradients, see {@code src-test-data}. */
record UhvedGolden(NDList arrays) {

    static UhvedGolden read(NDManager manager, String file) {
        try {
            Path path = Path.of(UhvedGolden.class.getResource("/" + file).toURI());
            return new UhvedGolden(NpzFile.read(manager, path));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    NDArray get(String name) {
        return arrays.get(name);
    }

    NDList inputs() {
        return new NDList(get("x"), get("present"));
    }

    NDList labels() {
        return new NDList(get("label"));
    }

    double loss(String name) {
        return get("loss/" + name).sum().getDouble();
    }

    NDList weights() {
        NDList weights = new NDList();
        arrays.stream().filter(array -> array.getName().startsWith("w/")).forEach(weights::add);
        return weights;
    }

    /** The network with the noise of the file. */
    Uhved network(NDManager manager) {
        WeightShapes shapes = new WeightShapes("golden", BlockWeights.shapes(weights()));
        Uhved network =
                Uhved.builder()
                        .sizedAs(shapes)
                        .optNoise((level, mean) -> get("noise/" + level).duplicate())
                        .build();
        Shape x = get("x").getShape();
        network.initialize(manager, DataType.FLOAT32, x, get("present").getShape());
        BlockWeights.load(network, weights(), "golden");
        return network;
    }
}
