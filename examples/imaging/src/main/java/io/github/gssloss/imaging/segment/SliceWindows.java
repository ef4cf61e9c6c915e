/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import ai.djl.ndarray.types.Shape;
import io.github.gssloss.imaging.prepare.BoundingBox;
import io.github.gssloss.imaging.prepare.Padding;

/**
 * Looks at one axial slice of a volume through windows of the size a network was trained on. Along
 * x and y they overlap as those of the {@link SlidingWindow} do; along z there is one layer of
 * them, placed so that the slice lies in its middle, or as near to it as the volume's ends allow:
 * the network sees as much on both sides of the slice as it can. What several windows say of a
 * voxel is averaged.
 */
public final class SliceWindows {

    private final int[] window;
    private final double overlap;

    /** A network that is shown windows and asked about one slice of each. */
    @FunctionalInterface
    public interface View {

        /**
         * Looks at a window.
         *
         * @param images the z-scored modalities in it, (4, D, H, W) in C order
         * @param depth the slice's place along the window's last axis
         * @return the channels in the slice, (channels, D, H) in C order
         */
        float[] plane(float[] images, int depth);
    }

    /**
     * Creates the windows.
     *
     * @param window depth, height, width of a window
     * @param overlap the share of a window that the next one covers again, from 0 to below 1
     * @throws IllegalArgumentException if the overlap is out of range
     */
    public SliceWindows(int[] window, double overlap) {
        this.window = window.clone();
        this.overlap = WindowGrid.requireOverlap(overlap);
    }

    /**
     * Returns the shape of one window as a network takes it.
     *
     * @param channels the channels
     * @return (1, channels, D, H, W)
     */
    public Shape shape(int channels) {
        return new Shape(1, channels, window[0], window[1], window[2]);
    }

    /**
     * Averages over the windows that see the slice.
     *
     * @param shape depth, height, width of the volume; one smaller than the window is padded with
     *     {@link Padding#background}
     * @param images the z-scored modalities, (4, D, H, W) in C order
     * @param z the slice along the last axis, from 0
     * @param channels how many channels the view returns
     * @param view the network
     * @return the mean of each channel at every voxel of the slice, (channels, D, H) in C order
     * @throws IllegalArgumentException if the slice does not lie in the volume, or the view answers
     *     with another number of values
     */
    public float[] mean(int[] shape, float[] images, int z, int channels, View view) {
        if (z < 0 || z >= shape[2]) {
            throw new IllegalArgumentException(
                    "slice: expected 0 to " + (shape[2] - 1) + ", got " + z);
        }
        Padding padding = Padding.to(shape, window);
        if (!padding.isEmpty()) {
            float[] padded = padding.pad(images, padding.background(images));
            int[] all = padding.shape();
            BoundingBox inside = padding.inside();
            return new BoundingBox(inside.x(), inside.y(), 0, shape[0], shape[1], 1)
                    .cut(
                            mean(all, padded, z + inside.z(), channels, view),
                            new int[] {all[0], all[1], 1});
        }
        int layer = Math.max(0, Math.min(shape[2] - window[2], z - window[2] / 2));
        float[] sums = new float[channels * shape[0] * shape[1]];
        int[] seen = new int[shape[0] * shape[1]];
        for (int d : WindowGrid.starts(shape[0], window[0], overlap)) {
            for (int h : WindowGrid.starts(shape[1], window[1], overlap)) {
                int[] corner = {d, h, layer};
                float[] plane =
                        view.plane(BoundingBox.of(corner, window).cut(images, shape), z - layer);
                add(plane, sums, seen, corner, shape, channels);
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= seen[i % seen.length];
        }
        return sums;
    }

    private void add(
            float[] plane, float[] sums, int[] seen, int[] corner, int[] shape, int channels) {
        int expected = channels * window[0] * window[1];
        if (plane.length != expected) {
            throw new IllegalArgumentException(
                    "plane: expected " + expected + " values, got " + plane.length);
        }
        for (int i = 0; i < plane.length; i++) {
            int y = i % window[1];
            int x = i / window[1] % window[0];
            int channel = i / (window[0] * window[1]);
            int voxel = (corner[0] + x) * shape[1] + corner[1] + y;
            sums[channel * seen.length + voxel] += plane[i];
            seen[voxel] += channel == 0 ? 1 : 0;
        }
    }
}
