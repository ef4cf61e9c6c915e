/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.bench;

import java.util.Arrays;

/**
 * The median of numbers and, from their order alone, an interval that holds the median of whatever
 * they are drawn from with a chance of at least 95 %: each of n independent numbers lies below that
 * median with chance 1/2, so the number of those that do is binomial. The interval reaches from the
 * k-th smallest to the k-th largest number with the largest k for which a tail of the binomial, its
 * values below k, is at most 2.5 %. No distribution is assumed, and a few runs that something else
 * disturbed do not move it.
 *
 * @param median the middle number, or the mean of the two in the middle
 * @param low the lower end; NaN where the numbers are too few
 * @param high the upper end; NaN where the numbers are too few
 * @param rank k, from 1; 0 where the numbers are too few
 */
record MedianInterval(double median, double low, double high, int rank) {

    /** The fewest numbers with an interval: 2 / 2^6 is below 5 %, 2 / 2^5 above. */
    static final int FEWEST = 6;

    private static final double TAIL = 0.025;

    /**
     * Returns median and interval of numbers.
     *
     * @param numbers at least one
     */
    static MedianInterval of(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        int rank = rank(n);
        return rank == 0
                ? new MedianInterval(median, Double.NaN, Double.NaN, 0)
                : new MedianInterval(median, sorted[rank - 1], sorted[n - rank], rank);
    }

    /** The largest k with P(X < k) of at most 2.5 % for X of B(n, 1/2). */
    private static int rank(int n) {
        double logarithm = -n * Math.log(2);
        double below = 0;
        for (int k = 0; k < n; k++) {
            below += Math.exp(logarithm);
            if (below > TAIL) {
                return k;
            }
            logarithm += Math.log((double) (n - k) / (k + 1));
        }
        return 0;
    }
}
