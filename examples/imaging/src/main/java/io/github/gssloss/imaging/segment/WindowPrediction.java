/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import java.util.Optional;

/** What a {@link SlidingWindow} says of a volume. The arrays are handed on, not copied. */
public final class WindowPrediction {

    private final byte[] classes;
    private final Optional<float[]> probabilities;

    WindowPrediction(byte[] classes, Optional<float[]> probabilities) {
        this.classes = classes;
        this.probabilities = probabilities;
    }

    /**
     * Returns the class with the largest mean probability.
     *
     * @return the class of each voxel, (D, H, W) in C order
     */
    public byte[] classes() {
        return classes;
    }

    /**
     * Returns the mean of the probabilities over the windows that see a voxel; where none was shown
     * to the network, class 0 has 1.
     *
     * @return (N, D, H, W) in C order, each from 0 to 1, 1 together at each voxel; empty where they
     *     were not kept
     */
    public Optional<float[]> probabilities() {
        return probabilities;
    }
}
