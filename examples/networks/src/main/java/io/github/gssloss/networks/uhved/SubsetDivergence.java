/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * How far the products of a level's Gaussians are from each other and from the prior. With q(s) the
 * product of subset s, p the subset of the fusion and n = 2^M - 1 the number of subsets:
 *
 * <p>between = 1 / (n - 1) sum over s of KL(q(p) || q(s)); prior = 1 / n sum over s of KL(q(s) ||
 * N(0, 1)), each the mean over samples, channels and voxels of
 *
 * <p>KL(1 || 2) = 1/2 (log v<sub>2</sub> - log v<sub>1</sub> - 1 + (v<sub>1</sub> +
 * (mean<sub>1</sub> - mean<sub>2</sub>)<sup>2</sup>) / (v<sub>2</sub> + 1e-7)).
 *
 * <p>Subsets with images that a sample does not have are left out, as if it had so many modalities
 * fewer; with one image or none there is nothing to compare.
 *
 * <p>Autograd would keep some ten arrays of each of the n products. So the gradient is computed
 * along with the value, subset by subset, and autograd gets that alone.
 */
public final class SubsetDivergence {

    private final NDArray between;
    private final NDArray prior;

    /** By T and U, of their shapes. */
    private final NDArray precisionGradient;

    private final NDArray meanGradient;

    private SubsetDivergence(NDList results) {
        between = results.get(0);
        prior = results.get(1);
        precisionGradient = results.get(2);
        meanGradient = results.get(3);
    }

    /**
     * Computes the divergences of a level.
     *
     * @param gaussians the Gaussians of all modalities, left open
     * @param subset the subset of the fusion (B, M) as 0 and 1 of the Gaussians' type, left open
     * @param present the images that exist (B, M), likewise
     * @return the divergences
     */
    public static SubsetDivergence of(Gaussians gaussians, NDArray subset, NDArray present) {
        NDManager manager = gaussians.precisions().getManager();
        try (NDManager scope = manager.newSubManager()) {
            NDList results = new SubsetSums(scope, gaussians, subset, present).results();
            results.attach(manager);
            return new SubsetDivergence(results);
        }
    }

    /**
     * Returns the divergence between the subset of the fusion and the others.
     *
     * @return a scalar without gradient
     */
    public NDArray between() {
        return between;
    }

    /**
     * Returns the divergence from the prior.
     *
     * @return a scalar without gradient
     */
    public NDArray prior() {
        return prior;
    }

    /**
     * Returns the sum of both, with its gradient, and closes them.
     *
     * @param gaussians the Gaussians that they were computed of, left open
     * @return a scalar
     */
    public NDArray sum(Gaussians gaussians) {
        try (between;
                prior;
                precisionGradient;
                meanGradient;
                NDArray ofPrecisions = gaussians.precisions().mul(precisionGradient);
                NDArray ofMeans = gaussians.weightedMeans().mul(meanGradient);
                NDArray first = ofPrecisions.sum();
                NDArray second = ofMeans.sum();
                NDArray linear = first.add(second);
                NDArray same = linear.stopGradient();
                NDArray nothing = linear.sub(same);
                NDArray value = between.add(prior)) {
            return nothing.add(value);
        }
    }
}
