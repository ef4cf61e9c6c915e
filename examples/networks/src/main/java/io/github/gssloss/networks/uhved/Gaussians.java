/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * One Gaussian a modality, voxel and channel of a level, in the form in which products are sums.
 * With lv the log-variance, clipped to -50..50:
 *
 * <p>T<sub>m</sub> = 1 / (exp(lv<sub>m</sub>) + 1e-7); U<sub>m</sub> = T<sub>m</sub>
 * mean<sub>m</sub>.
 *
 * @param precisions T (B, M, C, D, H, W)
 * @param weightedMeans U, of the same shape
 */
public record Gaussians(NDArray precisions, NDArray weightedMeans) {

    /** What keeps variances from zero, here and in the products. */
    static final double EPSILON = 1e-7;

    private static final float CLIP = 50;

    /**
     * Reads means and log-variances.
     *
     * @param blocks the outputs of the encoders' blocks (B, M, 2C, D, H, W), the means in the first
     *     half of the channels, the log-variances in the second, which have no gradient beyond the
     *     clip; left open
     * @return the Gaussians, on the manager of the blocks
     */
    public static Gaussians of(NDArray blocks) {
        NDManager manager = blocks.getManager();
        long half = blocks.getShape().get(2) / 2;
        // Constants of the engine's own: autograd keeps no Java buffer alive.
        try (NDArray means = blocks.get(":,:,:{}", half);
                NDArray logVariances = blocks.get(":,:,{}:", half);
                NDArray low = manager.full(new Shape(), -CLIP, blocks.getDataType());
                NDArray high = manager.full(new Shape(), CLIP, blocks.getDataType());
                NDArray above = logVariances.maximum(low);
                NDArray clipped = above.minimum(high);
                NDArray variances = clipped.exp();
                NDArray positive = variances.add(EPSILON)) {
            NDArray precisions = inverse(positive);
            return new Gaussians(precisions, precisions.mul(means));
        }
    }

    /** 1 / x. */
    static NDArray inverse(NDArray x) {
        try (NDArray one = x.getManager().ones(new Shape(), x.getDataType())) {
            return one.div(x);
        }
    }

    /**
     * Multiplies the Gaussians of a subset with the standard normal prior, alone if the subset is
     * empty.
     *
     * @param subset the modalities (B, M) as 0 and 1 of the Gaussians' type, left open
     * @return the product
     */
    public GaussianProduct product(NDArray subset) {
        Shape mask = new Shape(subset.getShape().get(0), subset.getShape().get(1), 1, 1, 1, 1);
        int[] modalities = {1};
        try (NDArray chosen = subset.reshape(mask);
                NDArray chosenPrecisions = precisions.mul(chosen);
                NDArray sum = chosenPrecisions.sum(modalities);
                NDArray precision = sum.add(1);
                NDArray chosenMeans = weightedMeans.mul(chosen);
                NDArray weightedMean = chosenMeans.sum(modalities)) {
            return GaussianProduct.of(precision, weightedMean);
        }
    }

    /**
     * Multiplies each Gaussian with the prior alone.
     *
     * @return the means of the M products (B, M, C, D, H, W)
     */
    public NDArray meansAlone() {
        try (NDArray precision = precisions.add(1);
                NDArray inverse = inverse(precision)) {
            return weightedMeans.mul(inverse);
        }
    }

    /** The two arrays, which the caller closes. */
    NDList asList() {
        return new NDList(precisions, weightedMeans);
    }
}
