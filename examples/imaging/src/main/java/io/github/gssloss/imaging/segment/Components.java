/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import io.github.gssloss.imaging.prepare.Extents;
import java.util.Arrays;

/** The connected components of a mask, numbered from 1 in the order of their first voxels. */
public final class Components {

    private final int[] numbers;
    private final int[] sizes;

    private Components(int[] numbers, int[] sizes) {
        this.numbers = numbers;
        this.sizes = sizes;
    }

    /** Which voxels are neighbours. */
    public enum Neighbourhood {
        /** The 6 that share a face. */
        FACES,
        /** The 26 that share a face, an edge or a corner. */
        CORNERS
    }

    /** Tells whether a voxel belongs to the mask. */
    @FunctionalInterface
    public interface Mask {

        /**
         * Tells whether a voxel belongs to the mask.
         *
         * @param voxel its index, (x, y, z) in C order
         * @return whether it does
         */
        boolean has(int voxel);
    }

    /**
     * Finds the components.
     *
     * @param mask the mask
     * @param shape {nx, ny, nz}
     * @param neighbourhood which voxels are neighbours
     * @return the components
     */
    public static Components of(Mask mask, int[] shape, Neighbourhood neighbourhood) {
        int voxels = Extents.voxels(shape);
        int[] numbers = new int[voxels];
        int[] sizes = new int[8];
        int[] waiting = new int[64];
        int count = 0;
        for (int first = 0; first < voxels; first++) {
            if (numbers[first] != 0 || !mask.has(first)) {
                continue;
            }
            count++;
            sizes = count > sizes.length ? Arrays.copyOf(sizes, 2 * count) : sizes;
            numbers[first] = count;
            waiting[0] = first;
            int left = 1;
            while (left > 0) {
                int voxel = waiting[--left];
                sizes[count - 1]++;
                if (left + 26 > waiting.length) {
                    waiting = Arrays.copyOf(waiting, 2 * waiting.length);
                }
                left = addNeighbours(voxel, mask, shape, neighbourhood, numbers, waiting, left);
            }
        }
        return new Components(numbers, Arrays.copyOf(sizes, count));
    }

    /** Numbers the neighbours of a voxel as the voxel, and lets them wait for theirs. */
    private static int addNeighbours(
            int voxel,
            Mask mask,
            int[] shape,
            Neighbourhood neighbourhood,
            int[] numbers,
            int[] waiting,
            int before) {
        int left = before;
        int z = voxel % shape[2];
        int y = voxel / shape[2] % shape[1];
        int x = voxel / shape[2] / shape[1];
        for (int i = Math.max(0, x - 1); i <= Math.min(shape[0] - 1, x + 1); i++) {
            for (int j = Math.max(0, y - 1); j <= Math.min(shape[1] - 1, y + 1); j++) {
                for (int k = Math.max(0, z - 1); k <= Math.min(shape[2] - 1, z + 1); k++) {
                    int steps = Math.abs(i - x) + Math.abs(j - y) + Math.abs(k - z);
                    int other = (i * shape[1] + j) * shape[2] + k;
                    boolean near = neighbourhood == Neighbourhood.CORNERS || steps == 1;
                    if (near && numbers[other] == 0 && mask.has(other)) {
                        numbers[other] = numbers[voxel];
                        waiting[left++] = other;
                    }
                }
            }
        }
        return left;
    }

    /**
     * Returns the number of components.
     *
     * @return from 0
     */
    public int count() {
        return sizes.length;
    }

    /**
     * Returns the size of a component.
     *
     * @param number from 1 to {@link #count}
     * @return its voxels, at least 1
     */
    public int size(int number) {
        return sizes[number - 1];
    }

    /**
     * Returns the component of a voxel.
     *
     * @param voxel its index, (x, y, z) in C order
     * @return its number from 1, 0 outside the mask
     */
    public int at(int voxel) {
        return numbers[voxel];
    }
}
