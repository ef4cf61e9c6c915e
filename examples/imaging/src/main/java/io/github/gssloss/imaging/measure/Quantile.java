/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import java.util.Arrays;

/** The value below which a share of some numbers lies. */
public final class Quantile {

    private Quantile() {}

    /**
     * Returns the quantile at place {@code share * (n - 1)} of the sorted numbers, interpolated
     * linearly between the two beside it.
     *
     * @param values at least one number; sorted by this call
     * @param share from 0 to 1
     * @return the quantile
     */
    public static double of(double[] values, double share) {
        Arrays.sort(values);
        double place = share * (values.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, values.length - 1);
        return values[below] + (place - below) * (values[above] - values[below]);
    }
}
