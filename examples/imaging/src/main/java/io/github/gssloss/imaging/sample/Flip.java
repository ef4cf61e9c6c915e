/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import java.util.SplittableRandom;

/** Reversal of a crop along any of its axes, images and labels alike. */
final class Flip {

    private final boolean[] axes;

    /**
     * Creates a flip.
     *
     * @param axes which of the axes {x, y, z} to reverse
     */
    Flip(boolean... axes) {
        this.axes = axes.clone();
    }

    /** Draws each axis with probability 1/2. */
    static Flip draw(SplittableRandom random) {
        return new Flip(random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
    }

    /** Returns whether an axis is reversed. */
    boolean reverses(int axis) {
        return axes[axis];
    }

    /** Reverses images and labels in place. */
    void apply(Crop crop) {
        int[] size = crop.size();
        for (int axis = 0; axis < 3; axis++) {
            if (axes[axis]) {
                int inner = 1;
                for (int next = axis + 1; next < 3; next++) {
                    inner *= size[next];
                }
                reverse(crop.images(), size[axis], inner);
                reverse(crop.labels(), size[axis], inner);
            }
        }
    }

    /** Reverses the order of every n consecutive blocks of {@code inner} values. */
    private static void reverse(float[] values, int n, int inner) {
        for (int start = 0; start < values.length; start += n * inner) {
            for (int low = start, high = start + (n - 1) * inner; low < high; high -= 2 * inner) {
                for (int k = 0; k < inner; k++, low++, high++) {
                    float kept = values[low];
                    values[low] = values[high];
                    values[high] = kept;
                }
            }
        }
    }

    private static void reverse(byte[] values, int n, int inner) {
        for (int start = 0; start < values.length; start += n * inner) {
            for (int low = start, high = start + (n - 1) * inner; low < high; high -= 2 * inner) {
                for (int k = 0; k < inner; k++, low++, high++) {
                    byte kept = values[low];
                    values[low] = values[high];
                    values[high] = kept;
                }
            }
        }
    }
}
