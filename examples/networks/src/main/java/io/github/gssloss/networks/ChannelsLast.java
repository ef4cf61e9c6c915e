/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Another order in memory for convolutions of few channels on the CPU: the channels of a voxel side
 * by side, as the engine's convolutions take them without packing 16 channels where there are
 * fewer. For those it would otherwise also unfold the input to get the gradient of the weights.
 * Shape and values are the same; the copies there and back are cheap beside what they save.
 */
final class ChannelsLast {

    /** What the engine packs: from here on the ordinary order is as fast. */
    private static final int PACKED = 16;

    private ChannelsLast() {}

    /** Whether a 3^3 convolution of stride 1 is faster so. One channel has one order only. */
    static boolean pays(NDArray x) {
        long channels = x.getShape().get(1);
        return channels > 1 && channels < PACKED && !x.getDevice().isGpu();
    }

    /** Copies (B, C, D, H, W) to the other order in memory. */
    static NDArray of(NDArray x) {
        long[] s = x.getShape().getShape();
        try (NDArray moved = x.transpose(0, 2, 3, 4, 1);
                // A shape that is no view of the old one makes the engine copy.
                NDArray rows = moved.reshape(s[0], s[1] * s[2] * s[3] * s[4]);
                NDArray ordered = rows.reshape(s[0], s[2], s[3], s[4], s[1])) {
            return ordered.transpose(0, 4, 1, 2, 3);
        }
    }

    /** Copies back to the ordinary order. */
    static NDArray undo(NDArray x) {
        Shape shape = x.getShape();
        long rows = shape.get(0) * shape.get(1);
        try (NDArray flat = x.reshape(rows, shape.size() / rows)) {
            return flat.reshape(shape);
        }
    }
}
