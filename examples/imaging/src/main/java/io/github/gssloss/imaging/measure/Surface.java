/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.measure;

import io.github.gssloss.imaging.prepare.BoundingBox;
import java.util.Arrays;

/**
 * The surface of a region: its voxels of which at least one of the six face neighbours is not in
 * the region or not in the volume.
 */
final class Surface {

    private final int[] shape;
    private final int[] voxels;
    private final BoundingBox box;

    private Surface(int[] shape, int[] voxels) {
        this.shape = shape;
        this.voxels = voxels;
        this.box = voxels.length == 0 ? null : box();
    }

    /**
     * Finds the surface.
     *
     * @param classes the class of each voxel, z running fastest
     * @param shape the volume's extent along x, y and z
     * @param inside whether a class belongs to the region
     */
    static Surface of(byte[] classes, int[] shape, boolean[] inside) {
        int[] found = new int[1024];
        int count = 0;
        int strideY = shape[2];
        int strideX = shape[1] * strideY;
        for (int x = 0, v = 0; x < shape[0]; x++) {
            for (int y = 0; y < shape[1]; y++) {
                for (int z = 0; z < shape[2]; z++, v++) {
                    if (!inside[classes[v]]) {
                        continue;
                    }
                    boolean within =
                            (x > 0 && inside[classes[v - strideX]])
                                    && (x + 1 < shape[0] && inside[classes[v + strideX]])
                                    && (y > 0 && inside[classes[v - strideY]])
                                    && (y + 1 < shape[1] && inside[classes[v + strideY]])
                                    && (z > 0 && inside[classes[v - 1]])
                                    && (z + 1 < shape[2] && inside[classes[v + 1]]);
                    if (!within) {
                        found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                        found[count++] = v;
                    }
                }
            }
        }
        return new Surface(shape.clone(), Arrays.copyOf(found, count));
    }

    /**
     * Takes points as they are.
     *
     * @param shape the extent of what the points are counted in
     * @param points their places, z running fastest; not copied
     */
    static Surface ofPoints(int[] shape, int[] points) {
        return new Surface(shape.clone(), points);
    }

    /** The number of voxels; 0 where the region is empty. */
    int size() {
        return voxels.length;
    }

    int x(int i) {
        return voxels[i] / (shape[1] * shape[2]);
    }

    int y(int i) {
        return voxels[i] / shape[2] % shape[1];
    }

    int z(int i) {
        return voxels[i] % shape[2];
    }

    /** The smallest box that holds this surface and another, neither of them empty. */
    BoundingBox boxWith(Surface other) {
        return box.union(other.box);
    }

    private BoundingBox box() {
        int[] low = {shape[0], shape[1], shape[2]};
        int[] high = {-1, -1, -1};
        for (int i = 0; i < voxels.length; i++) {
            int[] at = {x(i), y(i), z(i)};
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], at[axis]);
                high[axis] = Math.max(high[axis], at[axis]);
            }
        }
        return BoundingBox.between(low, high);
    }
}
