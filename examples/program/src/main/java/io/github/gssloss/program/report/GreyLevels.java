/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Makes grey levels of a slice: from the 1st percentile of its brain, black, to the 99.7th, white,
 * so that a few very bright voxels do not darken the rest. Background is black; it is the value
 * that more than 2 % of the slice share.
 */
final class GreyLevels {

    private static final double DARK = 0.01;
    private static final double BRIGHT = 0.997;
    private static final double BACKGROUND_SHARE = 0.02;

    private GreyLevels() {}

    /**
     * Returns the grey levels.
     *
     * @param slice intensities
     * @return levels from 0 to 255
     */
    static int[] of(float[] slice) {
        double[] sorted = IntStream.range(0, slice.length).mapToDouble(i -> slice[i]).toArray();
        Arrays.sort(sorted);
        double background = background(sorted);
        double[] brain = Arrays.stream(sorted).filter(value -> value != background).toArray();
        int[] levels = new int[slice.length];
        if (brain.length > 0) {
            double low = percentile(brain, DARK);
            double range = Math.max(percentile(brain, BRIGHT) - low, Float.MIN_NORMAL);
            for (int i = 0; i < slice.length; i++) {
                long level = Math.round(255 * (slice[i] - low) / range);
                levels[i] = slice[i] == background ? 0 : (int) Math.max(0, Math.min(255, level));
            }
        }
        return levels;
    }

    /** The value that is there most often; NaN where that is not often enough. */
    private static double background(double[] sorted) {
        double found = Double.NaN;
        double most = BACKGROUND_SHARE * sorted.length;
        for (int start = 0, i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[start]) {
                found = i - start > most ? sorted[start] : found;
                most = Math.max(most, i - start);
                start = i;
            }
        }
        return found;
    }

    private static double percentile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
