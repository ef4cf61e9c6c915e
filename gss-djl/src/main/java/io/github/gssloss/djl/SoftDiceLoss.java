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
    private final boolean squared;
    private final boolean perSample;

    /** Creates the published loss under its own name. */
    public SoftDiceLoss() {
        this(builder());
    }

    private SoftDiceLoss(Builder builder) {
        super(builder);
        numerator = builder.numerator;
        denominator = builder.denominator;
        squared = builder.squared;
        perSample = builder.perSample;
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
        int first = perSample ? 2 : 0;
        int[] axes = IntStream.range(first, rank).filter(axis -> axis != 1).toArray();
        NDArray p = labels.kept() == null ? probabilities : probabilities.mul(labels.kept());
        NDArray y = labels.oneHot();
        NDArray overlap = sum(p.mul(y), axes);
        NDArray twice = overlap.add(overlap);
        NDArray volume = sum(squared ? p.mul(p) : p, axes);
        NDArray sizes = plus(volume.add(sum(y, axes)), denominator);
        NDArray ofAll = (numerator == 0 ? twice : plus(twice, numerator)).div(sizes);
        NDArray dice = perSample ? ofAll.mean(new int[] {0}) : ofAll;
        NDArray weights = classWeights(probabilities);
        NDArray mean = weights == null ? dice.mean() : dice.mul(weights).sum().div(weights.sum());
        return AutogradConstants.oneMinus(mean);
    }

    /** Over no axis it is the array itself: a sum without axes would be one over all of them. */
    private static NDArray sum(NDArray x, int... axes) {
        return axes.length == 0 ? x : x.sum(axes);
    }

    private static NDArray plus(NDArray x, double smoothing) {
        return x.add(AutogradConstants.constant(x.getManager(), smoothing, x.getDataType()));
    }

    /** Builds a {@link SoftDiceLoss}. */
    public static final class Builder extends TaskLossBuilder<Builder> {

        private double numerator;
        private double denominator = 1e-7;
        private boolean squared;
        private boolean perSample;

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
         * Sets whether the denominator has the sum of p<sup>2</sup> in place of that of p, as in
         * U-HVED and RobustSeg.
         *
         * @param squared by default false
         * @return this builder
         */
        public Builder optSquared(boolean squared) {
            this.squared = squared;
            return this;
        }

        /**
         * Sets whether the sums are those of a sample alone, and the loss the mean over samples and
         * classes, as in U-HVED. A sample that lacks a branch's modality then scores s / e.
         *
         * @param perSample by default false: over the batch
         * @return this builder
         */
        public Builder optPerSample(boolean perSample) {
            this.perSample = perSample;
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
