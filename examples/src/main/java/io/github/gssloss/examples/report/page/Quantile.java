/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.report.page;

/** Quantiles of sorted numbers. */
final class Quantile {

    private Quantile() {}

    /**
     * Returns a quantile, interpolated linearly between the two numbers beside it.
     *
     * @param sorted ascending, at least one
     * @param share from 0, the smallest, to 1, the largest
     */
    static double of(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
