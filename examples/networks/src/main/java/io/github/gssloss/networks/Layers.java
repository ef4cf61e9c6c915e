/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Small steps that the networks' forward passes are written in. */
public final class Layers {

    private Layers() {}

    /**
     * Takes an array apart along the modalities.
     *
     * @param all the array (B, M, ...), left open
     * @return M arrays (B, ...)
     */
    public static NDList perModality(NDArray all) {
        NDList parts = new NDList();
        try (NDList slices = all.split(all.getShape().get(1), 1)) {
            slices.forEach(slice -> parts.add(slice.squeeze(1)));
        }
        return parts;
    }

    /**
     * Puts the features of all modalities together, level by level.
     *
     * @param perModality M lists of the features of every level, (B, C, ...) each, closed
     *     afterwards
     * @return per level (B, M, C, ...)
     */
    public static NDList perLevel(List<NDList> perModality) {
        NDList stacked = new NDList();
        for (int i = 0; i < perModality.get(0).size(); i++) {
            int level = i;
            NDList parts = new NDList();
            perModality.forEach(levels -> parts.add(levels.get(level)));
            try (parts) {
                stacked.add(NDArrays.stack(parts, 1));
            }
        }
        return stacked;
    }

    /**
     * Zeroes the features of the modalities outside a subset and puts all of them side by side.
     *
     * @param features the features (B, M, C, D, H, W) of M modalities, left open
     * @param subset (B, M) as 0 and 1 of the features' type, left open
     * @return the array (B, M * C, D, H, W)
     */
    public static NDArray masked(NDArray features, NDArray subset) {
        long[] s = features.getShape().getShape();
        try (NDArray mask = subset.reshape(s[0], s[1], 1, 1, 1, 1);
                NDArray masked = features.mul(mask)) {
            return masked.reshape(s[0], s[1] * s[2], s[3], s[4], s[5]);
        }
    }

    /**
     * Returns a shape with another number of channels.
     *
     * @param shape the shape (B, C, D, H, W)
     * @param channels the channels wanted
     * @return the shape (B, channels, D, H, W)
     */
    public static Shape withChannels(Shape shape, long channels) {
        long[] sizes = shape.getShape().clone();
        sizes[1] = channels;
        return new Shape(sizes);
    }
}
