/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;

/** The divergences between the products of all subsets, value by value, in plain Java. */
final class PlainDivergence {

    private static final double EPSILON = 1e-7;

    private final NDArray block;
    private final double[][] subset;
    private final double[][] present;

    PlainDivergence(NDArray block, double[][] subset, double[][] present) {
        this.block = block;
        this.subset = subset;
        this.present = present;
    }

    /** A product of Gaussians. */
    private record Normal(double mean, double logVariance) {

        double from(Normal other) {
            double gap = mean - other.mean;
            double ratio =
                    (Math.exp(logVariance) + gap * gap) / (Math.exp(other.logVariance) + EPSILON);
            return 0.5 * (other.logVariance - logVariance - 1 + ratio);
        }
    }

    double[] betweenAndPrior() {
        double between = 0;
        double prior = 0;
        int samples = subset.length;
        for (int b = 0; b < samples; b++) {
            double[] sums = new double[2];
            int count = 0;
            for (int s = 1; s < 1 << subset[b].length; s++) {
                double[] members = members(s, subset[b].length);
                if (within(members, present[b])) {
                    count++;
                    add(b, members, sums);
                }
            }
            between += count > 1 ? sums[0] / (count - 1) : 0;
            prior += count > 0 ? sums[1] / count : 0;
        }
        return new double[] {between / samples, prior / samples};
    }

    private static double[] members(int s, int modalities) {
        double[] members = new double[modalities];
        for (int m = 0; m < modalities; m++) {
            members[m] = s / (1 << m) % 2;
        }
        return members;
    }

    private static boolean within(double[] members, double[] present) {
        for (int m = 0; m < members.length; m++) {
            if (members[m] > present[m]) {
                return false;
            }
        }
        return true;
    }

    /** The means over channels and voxels. */
    private void add(int sample, double[] members, double[] sums) {
        double[] values = block.get(sample).toDoubleArray();
        int modalities = members.length;
        int elements = values.length / modalities / 2;
        for (int i = 0; i < elements; i++) {
            Normal fusion = product(values, subset[sample], i, elements);
            Normal other = product(values, members, i, elements);
            sums[0] += fusion.from(other) / elements;
            sums[1] += other.from(new Normal(0, 0)) / elements;
        }
    }

    private static Normal product(double[] values, double[] members, int i, int elements) {
        double precision = 1;
        double mean = 0;
        for (int m = 0; m < members.length; m++) {
            double logVariance = Math.max(-50, Math.min(50, values[(2 * m + 1) * elements + i]));
            double t = members[m] / (Math.exp(logVariance) + EPSILON);
            precision += t;
            mean += t * values[2 * m * elements + i];
        }
        return new Normal(mean / precision, Math.log(1 / precision + EPSILON));
    }
}
