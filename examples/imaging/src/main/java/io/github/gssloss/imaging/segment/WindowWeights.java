/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import io.github.gssloss.imaging.prepare.Extents;
import java.util.Arrays;
import java.util.Locale;

/** How much a window counts for a voxel that several windows see. */
public enum WindowWeights {
    /** All windows alike. */
    UNIFORM,
    /**
     * Less towards the border of the window, where a network sees little around a voxel: a Gaussian
     * about the window's centre whose standard deviation is an eighth of the window along each
     * axis, as in nnU-Net, and at least {@value #LEAST}, as in MONAI.
     */
    GAUSSIAN;

    private static final double DEVIATION = 1.0 / 8;
    private static final double LEAST = 1e-3;

    /**
     * Returns the weights.
     *
     * @param window depth, height, width of the window
     * @return a weight for each voxel of the window, above 0 and at most 1, in C order
     */
    public float[] of(int[] window) {
        float[] weights = new float[Extents.voxels(window)];
        if (this == UNIFORM) {
            Arrays.fill(weights, 1);
            return weights;
        }
        int at = 0;
        for (int d = 0; d < window[0]; d++) {
            for (int h = 0; h < window[1]; h++) {
                for (int w = 0; w < window[2]; w++) {
                    double squares =
                            square(d, window[0]) + square(h, window[1]) + square(w, window[2]);
                    weights[at++] = (float) Math.max(LEAST, Math.exp(-squares / 2));
                }
            }
        }
        return weights;
    }

    /** The squared distance from the centre, in standard deviations. */
    private static double square(int index, int length) {
        double distance = (index - (length - 1) / 2.0) / (DEVIATION * length);
        return distance * distance;
    }

    /** Returns the name as options and records have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
