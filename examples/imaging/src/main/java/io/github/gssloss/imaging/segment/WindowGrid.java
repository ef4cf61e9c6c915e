/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where windows lie: every stride from 0, and one that ends with the volume. */
final class WindowGrid {

    private static final double ROUNDING = 1e-6;

    private WindowGrid() {}

    /** Throws unless the share that windows overlap by leaves a step. */
    static double requireOverlap(double overlap) {
        if (!(overlap >= 0 && overlap < 1)) {
            throw new IllegalArgumentException(
                    "overlap: expected at least 0 and below 1, got " + overlap);
        }
        return overlap;
    }

    /**
     * Returns the starts of the windows along one axis.
     *
     * @param length voxels of the volume, at least {@code window}
     * @param window voxels of the window
     * @param overlap the share of a window that the next one covers again
     * @return ascending starts 0, s, 2s, ... below {@code length - window}, then that; s is {@code
     *     window * (1 - overlap)} rounded down, at least 1; a product that floating point leaves
     *     less than {@value #ROUNDING} below a whole number counts as that number
     */
    static int[] starts(int length, int window, double overlap) {
        int stride = Math.max(1, (int) (window * (1 - overlap) + ROUNDING));
        int last = length - window;
        int strides = (last + stride - 1) / stride;
        int[] starts = new int[strides + 1];
        Arrays.setAll(starts, i -> Math.min(i * stride, last));
        return starts;
    }

    /**
     * Returns the corners of all windows, the last axis running fastest.
     *
     * @param shape depth, height, width of the volume
     * @param window depth, height, width of the window
     * @param overlap as in {@link #starts}
     * @return corners (d, h, w)
     */
    static List<int[]> corners(int[] shape, int[] window, double overlap) {
        List<int[]> corners = new ArrayList<>();
        for (int d : starts(shape[0], window[0], overlap)) {
            for (int h : starts(shape[1], window[1], overlap)) {
                for (int w : starts(shape[2], window[2], overlap)) {
                    corners.add(new int[] {d, h, w});
                }
            }
        }
        return corners;
    }
}
