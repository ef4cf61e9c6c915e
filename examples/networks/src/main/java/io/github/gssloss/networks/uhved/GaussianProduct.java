/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;

/**
 * The product of a standard normal prior and of the Gaussians of a subset of modalities, a voxel
 * and channel of a level. With S = 1 + sum T and A = sum U over the subset (see {@link Gaussians}):
 * mean = A / S; variance = 1 / S + 1e-7.
 *
 * @param mean the mean (B, C, D, H, W)
 * @param variance the variance, of the same shape
 */
public record GaussianProduct(NDArray mean, NDArray variance) implements AutoCloseable {

    /** From S and A, left open. */
    static GaussianProduct of(NDArray precision, NDArray weightedMean) {
        try (NDArray inverse = Gaussians.inverse(precision)) {
            return new GaussianProduct(weightedMean.mul(inverse), inverse.add(Gaussians.EPSILON));
        }
    }

    /**
     * Draws a sample.
     *
     * @param noise what the standard deviation is multiplied by, of the shape of the mean, left
     *     open
     * @return mean + sqrt(variance) noise
     */
    public NDArray sample(NDArray noise) {
        try (NDArray deviation = variance.sqrt();
                NDArray step = deviation.mul(noise)) {
            return mean.add(step);
        }
    }

    /**
     * Returns the logarithm of the variance.
     *
     * @return the log-variance (B, C, D, H, W)
     */
    public NDArray logVariance() {
        return variance.log();
    }

    /** Closes both arrays. */
    @Override
    public void close() {
        mean.close();
        variance.close();
    }
}
