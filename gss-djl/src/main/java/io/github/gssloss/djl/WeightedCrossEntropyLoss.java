/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;

/**
 * Cross entropy of class probabilities with a larger weight for rare classes, as in RFNet, mmFormer
 * and GSS.
 *
 * <p>With p the probability and y the one-hot label of sample b, voxel v and class c, L = -1/(B V)
 * &Sigma;<sub>b,v,c</sub> w<sub>b,c</sub> y<sub>b,v,c</sub> log max(p<sub>b,v,c</sub>, 0.005). The
 * weight is one minus the share of the class in the sample's labels: w<sub>b,c</sub> = 1 -
 * &Sigma;<sub>v</sub> y<sub>b,v,c</sub> / &Sigma;<sub>v,k</sub> y<sub>b,v,k</sub>, with k over all
 * classes. Below 0.005 a probability has no gradient. Class weights multiply w.
 *
 * <p>In this published form a sample that is labelled with one class alone costs 0, whatever is
 * predicted. A voxel whose label is no class, or the ignore index, has no term; it stays in B V.
 */
public final class WeightedCrossEntropyLoss extends TaskLoss {

    private final double floor;

    /** Creates the published loss under its own name. */
    public WeightedCrossEntropyLoss() {
        this(builder());
    }

    private WeightedCrossEntropyLoss(Builder builder) {
        super(builder);
        floor = builder.floor;
    }

    /**
     * Returns a builder of the published loss.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} */
    @Override
    NDArray evaluate(TaskLabels labels, NDArray probabilities) {
        NDArray log = AutogradConstants.atLeast(probabilities, floor).log();
        NDArray weights = weightOfVoxels(probabilities);
        NDArray weighted = weights == null ? labels.weighted() : labels.weighted().mul(weights);
        NDArray sum = log.mul(weighted).sum();
        // 0 - sum, not -sum: a batch without terms costs 0, not -0.
        return sum.zerosLike().sub(sum);
    }

    /** Builds a {@link WeightedCrossEntropyLoss}. */
    public static final class Builder extends TaskLossBuilder<Builder> {

        private double floor = 0.005;

        private Builder() {
            super("WeightedCrossEntropyLoss");
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the probability below which there is no gradient.
         *
         * @param floor above 0 and below 1, by default 0.005
         * @return this builder
         * @throws IllegalArgumentException if it is outside its range
         */
        public Builder optFloor(double floor) {
            if (!(floor > 0 && floor < 1)) {
                throw new IllegalArgumentException(
                        "floor: expected a number between 0 and 1, got " + floor);
            }
            this.floor = floor;
            return this;
        }

        /**
         * Builds the loss.
         *
         * @return the loss
         */
        public WeightedCrossEntropyLoss build() {
            return new WeightedCrossEntropyLoss(this);
        }
    }
}
