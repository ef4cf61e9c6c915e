/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.robustseg;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import io.github.gssloss.networks.Pyramid;
import io.github.gssloss.networks.weights.BlockWeights;
import io.github.gssloss.networks.weights.NpzFile;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** RobustSeg of width 2 with its inputs and outputs, see {@code src-test-data}. */
record RobustSegGolden(NDList arrays) {

    static final String FILE = "robustseg-b.npz";
    static final int WIDTH = 2;
    static final Pyramid PYRAMID = new Pyramid(4, WIDTH);

    /** Of outputs in float32. */
    static final double TOLERANCE = 1e-4;

    static RobustSegGolden read(NDManager manager) {
        try {
            return new RobustSegGolden(
                    NpzFile.read(
                            manager,
                            Path.of(RobustSegGolden.class.getResource("/" + FILE).toURI())));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    int modalities() {
        return Math.toIntExact(x().getShape().get(1));
    }

    int classes() {
        return Math.toIntExact(output("fused").getShape().get(1));
    }

    NDArray x() {
        return arrays.get("x");
    }

    NDArray present() {
        return arrays.get("present");
    }

    /** The mask as 0 and 1. */
    NDArray subset() {
        return present().toType(DataType.FLOAT32, true);
    }

    NDArray label() {
        return arrays.get("label");
    }

    NDList inputs() {
        return new NDList(x(), present());
    }

    RobustSeg network(NDManager manager) {
        RobustSeg network =
                RobustSeg.builder()
                        .setClasses(classes())
                        .optModalities(modalities())
                        .optWidth(WIDTH)
                        .build();
        network.initialize(manager, DataType.FLOAT32, x().getShape(), present().getShape());
        BlockWeights.load(network, named("w/"), FILE);
        return network;
    }

    NDArray output(String name) {
        return arrays.get("out/" + name);
    }

    NDArray middle(String name) {
        return arrays.get("mid/" + name);
    }

    double[] loss(String name) {
        return arrays.get("loss/" + name).toDoubleArray();
    }

    /** Every array whose name begins so, named without the beginning. */
    NDList named(String prefix) {
        NDList chosen = new NDList();
        for (NDArray array : arrays) {
            if (array.getName().startsWith(prefix)) {
                NDArray copy = array.duplicate();
                copy.setName(array.getName().substring(prefix.length()));
                chosen.add(copy);
            }
        }
        return chosen;
    }

    /** Gives a part of the network, initialised, its weights. */
    <T extends Block> T part(String name, T block) {
        BlockWeights.load(block, named("w/" + name + "."), FILE);
        return block;
    }

    static void assertClose(String name, NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).as(name).isEqualTo(expected.getShape());
        assertThat((double) actual.sub(expected).abs().max().getFloat())
                .as(name)
                .isLessThan(TOLERANCE);
    }
}
