/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

/** Copies between a volume and a window in it, both in C order, channel by channel. */
final class VolumeView {

    private final int[] shape;
    private final int[] window;

    VolumeView(int[] shape, int[] window) {
        this.shape = shape.clone();
        this.window = window.clone();
    }

    int voxels() {
        return Math.multiplyExact(Math.multiplyExact(shape[0], shape[1]), shape[2]);
    }

    /** Returns what the window at the corner sees: (channels, window...). */
    float[] cut(float[] volume, int channels, int[] corner) {
        float[] cut = new float[channels * window[0] * window[1] * window[2]];
        for (int row = 0; row < channels * window[0] * window[1]; row++) {
            System.arraycopy(volume, start(row, corner), cut, row * window[2], window[2]);
        }
        return cut;
    }

    /** Adds the values of the window at the corner to the sums of the volume. */
    void add(float[] values, float[] sums, int channels, int[] corner) {
        for (int row = 0; row < channels * window[0] * window[1]; row++) {
            int to = start(row, corner);
            for (int w = 0; w < window[2]; w++) {
                sums[to + w] += values[row * window[2] + w];
            }
        }
    }

    /** The place in the volume where a row of the window begins; rows run over (channel, d, h). */
    private int start(int row, int[] corner) {
        int h = row % window[1];
        int d = row / window[1] % window[0];
        int channel = row / (window[1] * window[0]);
        return ((channel * shape[0] + corner[0] + d) * shape[1] + corner[1] + h) * shape[2]
                + corner[2];
    }
}
