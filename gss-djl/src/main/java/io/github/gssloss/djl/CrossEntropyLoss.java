/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;

/**
 * Cross entropy of class probabilities, all classes alike, as in U-HVED: L = -1/(B V)
 * &Sigma;<sub>b,v,c</sub> y<sub>b,v,c</sub> log max(p<sub>b,v,c</sub>, 10<sup>-12</sup>), with p
 * the probability and y the one-hot label of sample b, voxel v and class c. Class weights multiply
 * y.
 *
 * <p>A voxel whose label is no class, or the ignore index, has no term; it stays in B V.
 */
public final class CrossEntropyLoss extends TaskLoss {

    private static final double FLOOR = 1e-12;

    /** Creates the loss under its own name. */
    public CrossEntropyLoss() {
        this(builder());
    }

    private CrossEntropyLoss(Builder builder) {
        super(builder);
    }

    /**
     * Returns a builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} */
    @Override
    NDArray evaluate(TaskLabels labels, NDArray probabilities) {
        NDArray log = AutogradConstants.atLeast(probabilities, FLOOR).log();
        NDArray weights = weightOfVoxels(probabilities);
        NDArray y = weights == null ? labels.oneHot() : labels.oneHot().mul(weights);
        double perVoxel = (double) y.getShape().get(1) / y.size();
        NDArray sum = log.mul(y).sum();
        // 0 - sum, not -sum: a batch without terms costs 0, not -0.
        return AutogradConstants.times(sum.zerosLike().sub(sum), perVoxel);
    }

    /** Builds a {@link CrossEntropyLoss}. */
    public static final class Builder extends TaskLossBuilder<Builder> {

        private Builder() {
            super("CrossEntropyLoss");
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Builds the loss.
         *
         * @return the loss
         */
        public CrossEntropyLoss build() {
            return new CrossEntropyLoss(this);
        }
    }
}
