/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import ai.djl.ndarray.NDArray;
import java.util.stream.IntStream;

/**
 * The soft Dice loss of RFNet, mmFormer and GSS: L = 1 - 1/N &Sigma;<sub>c</sub> (2
 * &Sigma;<sub>b,v</sub> p<sub>b,v,c</sub> y<sub>b,v,c</sub> + s) / (&Sigma;<sub>b,v</sub>
 * p<sub>b,v,c</sub> + &Sigma;<sub>b,v</sub> y<sub>b,v,c</sub> + e), with p the probability and y
 * the one-hot label of sample b, voxel v and class c, background included; s = 0 and e =
 * 10<sup>-7</sup>.
 *
 * <p>In this published form a class that is absent from labels and prediction scores 0: a perfect
 * prediction of a crop without tumour costs (N - 1) / N, 0.75 with four classes. That offset
 * carries no gradient; with s = e such a class scores 1. With class weights the mean over classes
 * is weighted.
 *
 * <p>A voxel whose label is no class is a voxel at which every class is wrong; one of the ignore
 * index does not count.
 */
public final class SoftDiceLoss extends TaskLoss {

    private final double numerator;
    private final double denominator;

    /** Creates the published loss under its own name. */
    public SoftDiceLoss() {
        this(builder());
    }

    private SoftDiceLoss(Builder builder) {
        super(builder);
        numerator = builder.numerator;
        denominator = builder.denominator;
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
        int rank = probabilities.getShape().dimension();
        int[] axes = IntStream.range(0, rank).filter(axis -> axis != 1).toArray();
        NDArray p = labels.kept() == null ? probabilities : probabilities.mul(labels.kept());
        NDArray y = labels.oneHot();
        NDArray overlap = p.mul(y).sum(axes);
        NDArray twice = overlap.add(overlap);
        NDArray sizes = plus(p.sum(axes).add(y.sum(axes)), denominator);
        NDArray dice = (numerator == 0 ? twice : plus(twice, numerator)).div(sizes);
        NDArray weights = classWeights(probabilities);
        NDArray mean = weights == null ? dice.mean() : dice.mul(weights).sum().div(weights.sum());
        return AutogradConstants.oneMinus(mean);
    }

    private static NDArray plus(NDArray x, double smoothing) {
        return x.add(AutogradConstants.constant(x.getManager(), smoothing, x.getDataType()));
    }

    /** Builds a {@link SoftDiceLoss}. */
    public static final class Builder extends TaskLossBuilder<Builder> {

        private double numerator;
        private double denominator = 1e-7;

        private Builder() {
            super("SoftDiceLoss");
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets what is added to both sides of the fraction.
         *
         * @param numerator s, from 0 to 1,000,000, by default 0
         * @param denominator e, above 0 and at most 1,000,000, by default 1e-7
         * @return this builder
         * @throws IllegalArgumentException if a number is outside its range
         */
        public Builder optSmoothing(double numerator, double denominator) {
            this.numerator = LossArguments.requireWeight("numerator", numerator);
            this.denominator = LossArguments.requireWeight("denominator", denominator);
            LossArguments.requireNonZero("denominator", denominator);
            return this;
        }

        /**
         * Builds the loss.
         *
         * @return the loss
         */
        public SoftDiceLoss build() {
            return new SoftDiceLoss(this);
        }
    }
}
