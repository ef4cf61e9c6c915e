/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The sums over all subsets of a {@link SubsetDivergence} and their gradient by T and U, without
 * autograd. Everything it makes belongs to a scope; what one subset needs is closed before the next
 * one comes.
 */
final class SubsetSums {

    /** The prior's variance as a divisor. */
    private static final double PRIOR = 1 + Gaussians.EPSILON;

    private final NDManager scope;
    private final int modalities;
    private final NDArray precisions;
    private final NDArray weightedMeans;
    private final NDArray subset;
    private final NDArray present;

    /** What the subset of the fusion gives: S, mean, variance and its logarithm. */
    private final NDArray fusionSum;

    private final NDArray fusionMean;
    private final NDArray fusionVariance;
    private final NDArray fusionLog;

    /** The results: two scalars, the slopes by T and U. */
    private final NDArray between;

    private final NDArray prior;
    private final NDArray byPrecisions;
    private final NDArray byWeightedMeans;

    /** The slopes by the variance and the mean of the fusion, collected from all subsets. */
    private final NDArray byFusionVariance;

    private final NDArray byFusionMean;

    SubsetSums(NDManager scope, Gaussians gaussians, NDArray subset, NDArray present) {
        this.scope = scope;
        this.modalities = Math.toIntExact(subset.getShape().get(1));
        precisions = in(scope, gaussians.precisions());
        weightedMeans = in(scope, gaussians.weightedMeans());
        this.present = in(scope, present);
        this.subset =
                in(scope, subset)
                        .reshape(new Shape(subset.getShape().get(0), modalities, 1, 1, 1, 1));
        int[] axis = {1};
        fusionSum = precisions.mul(this.subset).sum(axis).add(1);
        GaussianProduct fusion =
                GaussianProduct.of(fusionSum, weightedMeans.mul(this.subset).sum(axis));
        fusionMean = fusion.mean();
        fusionVariance = fusion.variance();
        fusionLog = fusion.logVariance();
        between = scope.zeros(new Shape(), precisions.getDataType());
        prior = between.zerosLike();
        byPrecisions = precisions.zerosLike();
        byWeightedMeans = precisions.zerosLike();
        byFusionVariance = fusionMean.zerosLike();
        byFusionMean = fusionMean.zerosLike();
    }

    /** Another handle without gradient, so that what is made of it belongs to a manager. */
    private static NDArray in(NDManager manager, NDArray array) {
        NDArray handle = array.stopGradient();
        handle.attach(manager);
        return handle;
    }

    /** Returns both divergences and the gradients of their sum by T and U. */
    NDList results() {
        NDArray count = scope.zeros(new Shape(present.getShape().get(0)), present.getDataType());
        int subsets = 1 << modalities;
        for (int s = 1; s < subsets; s++) {
            try (NDManager each = scope.newSubManager()) {
                count.addi(complete(s, each));
            }
        }
        // Half of the mean over samples, channels and voxels.
        double share = 0.5 / fusionMean.size();
        NDArray others = count.sub(1);
        NDArray compared = others.gt(0).toType(others.getDataType(), false);
        NDArray perOther = compared.mul(share).div(others.maximum(1));
        NDArray perPrior = count.maximum(1).pow(-1).mul(share);
        for (int s = 1; s < subsets; s++) {
            try (NDManager each = scope.newSubManager()) {
                NDArray complete = complete(s, each);
                add(s, each, complete.mul(perOther), complete.mul(perPrior));
            }
        }
        NDList slopes = bySums(fusionSum, fusionMean, byFusionVariance, byFusionMean);
        byPrecisions.addi(slopes.get(0).expandDims(1).mul(subset));
        byWeightedMeans.addi(slopes.get(1).expandDims(1).mul(subset));
        return new NDList(between, prior, byPrecisions, byWeightedMeans);
    }

    /** Which samples have all images of a subset, (B, 1, 1, 1, 1) as 0 and 1. */
    private NDArray complete(int s, NDManager each) {
        NDArray all = each.ones(new Shape(present.getShape().get(0)), present.getDataType());
        for (int m = 0; m < modalities; m++) {
            if (contains(s, m)) {
                all.muli(in(each, present).get(":,{}", m));
            }
        }
        return all;
    }

    private static boolean contains(int s, int m) {
        return (s >> m & 1) == 1;
    }

    /** The sum over a subset, 0 if it is empty. */
    private NDArray sum(int s, NDManager each, NDArray all) {
        NDArray sum = each.zeros(fusionMean.getShape(), all.getDataType());
        for (int m = 0; m < modalities; m++) {
            if (contains(s, m)) {
                sum.addi(in(each, all).get(":,{}", m));
            }
        }
        return sum;
    }

    /** Adds what one subset contributes, with the weights of its two divergences (B). */
    private void add(int s, NDManager each, NDArray perOther, NDArray perPrior) {
        Shape perSample = new Shape(perOther.size(), 1, 1, 1, 1);
        NDArray a = perOther.reshape(perSample);
        NDArray b = perPrior.reshape(perSample);
        NDArray sum = sum(s, each, precisions).add(1);
        GaussianProduct product = GaussianProduct.of(sum, sum(s, each, weightedMeans));
        NDArray mean = product.mean();
        NDArray variance = product.variance();
        NDArray log = product.logVariance();

        NDArray gap = mean.sub(fusionMean);
        NDArray inverse = Gaussians.inverse(variance.add(Gaussians.EPSILON));
        NDArray ratio = gap.square().add(fusionVariance).mul(inverse);
        between.addi(log.sub(fusionLog).sub(1).add(ratio).mul(a).sum());
        NDArray spread = mean.square().add(variance).div(PRIOR);
        prior.addi(spread.sub(log).sub(1).mul(b).sum());

        NDArray certainty = Gaussians.inverse(variance);
        NDArray byVariance = certainty.sub(ratio.mul(inverse)).mul(a);
        byVariance.subi(certainty.sub(1 / PRIOR).mul(b));
        NDArray away = gap.mul(inverse).mul(a).mul(2);
        NDArray byMean = mean.mul(b).mul(2 / PRIOR).add(away);
        NDList slopes = bySums(sum, mean, byVariance, byMean);
        for (int m = 0; m < modalities; m++) {
            if (contains(s, m)) {
                in(each, byPrecisions).get(":,{}", m).addi(slopes.get(0));
                in(each, byWeightedMeans).get(":,{}", m).addi(slopes.get(1));
            }
        }
        byFusionVariance.addi(inverse.sub(Gaussians.inverse(in(each, fusionVariance))).mul(a));
        byFusionMean.subi(away);
    }

    /**
     * The slopes by S and A of a product, from those by its variance 1 / S + 1e-7 and its mean A /
     * S.
     */
    private static NDList bySums(NDArray sum, NDArray mean, NDArray byVariance, NDArray byMean) {
        NDArray inner = byVariance.div(sum).add(byMean.mul(mean));
        return new NDList(inner.div(sum).neg(), byMean.div(sum));
    }
}
