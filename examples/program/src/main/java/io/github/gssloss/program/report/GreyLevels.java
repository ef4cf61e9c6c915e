/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report;

import java.util.Arrays;

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
        float[] sorted = slice.clone();
        Arrays.sort(sorted);
        int from = 0;
        int length = 0;
        for (int start = 0, i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[start]) {
                if (i - start > length) {
                    from = start;
                    length = i - start;
                }
                start = i;
            }
        }
        boolean found = length > BACKGROUND_SHARE * sorted.length;
        float background = found ? sorted[from] : Float.NaN;
        float[] brain = found ? without(sorted, from, length) : sorted;
        int[] levels = new int[slice.length];
        if (brain.length == 0) {
            return levels;
        }
        float low = percentile(brain, DARK);
        float range = Math.max(percentile(brain, BRIGHT) - low, Float.MIN_NORMAL);
        for (int i = 0; i < slice.length; i++) {
            long level = Math.round(255.0 * (slice[i] - low) / range);
            levels[i] = slice[i] == background ? 0 : (int) Math.max(0, Math.min(255, level));
        }
        return levels;
    }

    private static float percentile(float[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static float[] without(float[] sorted, int from, int length) {
        float[] rest = new float[sorted.length - length];
        System.arraycopy(sorted, 0, rest, 0, from);
        System.arraycopy(sorted, from + length, rest, from, rest.length - from);
        return rest;
    }
}
