/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Small networks and images. */
final class UhvedCases {

    private UhvedCases() {}

    static Uhved network(NDManager manager, int modalities, int classes, int width) {
        return initialized(
                manager,
                Uhved.builder().optModalities(modalities).setClasses(classes).optWidth(width));
    }

    /** Its noise is the same at every pass. */
    static Uhved fixedNoise(NDManager manager, int modalities) {
        return initialized(
                manager,
                Uhved.builder()
                        .optModalities(modalities)
                        .setClasses(3)
                        .optWidth(4)
                        .optNoise((level, mean) -> mean.onesLike()));
    }

    private static Uhved initialized(NDManager manager, UhvedBuilder builder) {
        Uhved network = builder.build();
        long modalities = network.modalities().size();
        Shape x = new Shape(1, modalities, 16, 16, 16);
        network.initialize(manager, DataType.FLOAT32, x, new Shape(1, modalities));
        return network;
    }

    static NDArray images(NDManager manager, long samples, long modalities) {
        return manager.randomNormal(new Shape(samples, modalities, 16, 16, 16));
    }

    static double distance(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        return actual.sub(expected).abs().max().getFloat();
    }
}
