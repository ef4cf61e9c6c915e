/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import java.util.SplittableRandom;

/**
 * Intensity change of a crop: image * scale + shift, with a scale from U(0.9, 1.1) and a shift from
 * U(-0.1, 0.1) of their own for every modality and slice of axis x; a crop of one slice, along
 * whatever axis, has one of each for every modality. Labels stay.
 */
final class IntensityChange {

    /** Half the width of both intervals. */
    static final double WIDTH = 0.1;

    private final float[] scales;
    private final float[] shifts;

    /**
     * Creates a change.
     *
     * @param scales (modality, x) factors
     * @param shifts (modality, x) summands
     */
    IntensityChange(float[] scales, float[] shifts) {
        this.scales = scales.clone();
        this.shifts = shifts.clone();
    }

    /** Draws scale and shift for every modality and slice. */
    static IntensityChange draw(SplittableRandom random, int modalities, int slices) {
        float[] scales = new float[modalities * slices];
        float[] shifts = new float[modalities * slices];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = (float) random.nextDouble(1 - WIDTH, 1 + WIDTH);
            shifts[i] = (float) random.nextDouble(-WIDTH, WIDTH);
        }
        return new IntensityChange(scales, shifts);
    }

    /** Changes the images in place. */
    void apply(Crop crop) {
        float[] images = crop.images();
        int slice = images.length / scales.length;
        for (int s = 0; s < scales.length; s++) {
            float scale = scales[s];
            float shift = shifts[s];
            for (int i = s * slice; i < (s + 1) * slice; i++) {
                images[i] = images[i] * scale + shift;
            }
        }
    }
}
