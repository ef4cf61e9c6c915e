/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.sample;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Rotation of a crop in the plane of two axes, about the crop's centre, by nearest neighbour.
 *
 * <p>With centre c = (n - 1) / 2 on both axes a &lt; b of the plane, the value at output voxel o
 * comes from the input point i = R (o - c) + c, R = [[cos, sin], [-sin, cos]]; that is the
 * convention of {@code scipy.ndimage.rotate(reshape=False, order=0)}. The point is rounded half up
 * to a voxel. A point outside [0, n - 1] on either axis lies outside the crop: images get {@link
 * #IMAGE_FILL} there, labels the background. Images and labels take the same voxels.
 */
final class Rotation {

    /** The smallest angle drawn, in degrees. */
    static final int MIN_DEGREES = -10;

    /** The largest angle drawn, in degrees. */
    static final int MAX_DEGREES = 9;

    /** The number of planes: (x, y), (y, z) and (x, z). */
    static final int PLANES = 3;

    /** The intensity of voxels that come from outside the crop. */
    static final float IMAGE_FILL = -1f;

    private static final int[] FIRST_AXIS = {0, 1, 0};
    private static final int[] SECOND_AXIS = {1, 2, 2};

    private final int degrees;
    private final int plane;

    /**
     * Creates a rotation.
     *
     * @param degrees the angle
     * @param plane 0 for the axes (x, y), 1 for (y, z), 2 for (x, z)
     */
    Rotation(int degrees, int plane) {
        this.degrees = degrees;
        this.plane = plane;
    }

    /**
     * Draws the angle, then the plane, both uniformly.
     *
     * @param random the generator of the draw
     * @param size of the crop; planes in which it has a single line of voxels are left out
     */
    static Rotation draw(SplittableRandom random, int... size) {
        int degrees = random.nextInt(MIN_DEGREES, MAX_DEGREES + 1);
        int[] planes =
                IntStream.range(0, PLANES)
                        .filter(plane -> size[FIRST_AXIS[plane]] > 1)
                        .filter(plane -> size[SECOND_AXIS[plane]] > 1)
                        .toArray();
        return new Rotation(degrees, planes[random.nextInt(planes.length)]);
    }

    /** Returns the angle. */
    int degrees() {
        return degrees;
    }

    /** Returns the index of the plane. */
    int plane() {
        return plane;
    }

    /** Rotates images and labels. */
    void apply(Crop crop) {
        if (degrees == 0) {
            return;
        }
        int[] size = crop.size();
        int[] stride = {size[1] * size[2], size[2], 1};
        int[] sources = sources(size, stride);
        int[] targets = targets(size, stride);
        int other = 3 - FIRST_AXIS[plane] - SECOND_AXIS[plane];
        float[] images = new float[crop.images().length];
        for (int m = 0; m < crop.modalities(); m++) {
            int base = m * crop.labels().length;
            gather(crop.images(), images, base, sources, targets, size[other], stride[other]);
        }
        byte[] labels = new byte[crop.labels().length];
        gather(crop.labels(), labels, sources, targets, size[other], stride[other]);
        crop.replace(images, labels);
    }

    /** The offset each voxel of the plane takes its value from, or -1 for outside. */
    private int[] sources(int[] size, int[] stride) {
        int a = FIRST_AXIS[plane];
        int b = SECOND_AXIS[plane];
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double centreA = (size[a] - 1) / 2.0;
        double centreB = (size[b] - 1) / 2.0;
        double offsetA = centreA - (cos * centreA + sin * centreB);
        double offsetB = centreB - (-sin * centreA + cos * centreB);
        int[] sources = new int[size[a] * size[b]];
        for (int i = 0, voxel = 0; i < size[a]; i++) {
            for (int j = 0; j < size[b]; j++, voxel++) {
                double fromA = offsetA + i * cos + j * sin;
                double fromB = offsetB - i * sin + j * cos;
                boolean inside =
                        fromA >= 0 && fromA <= size[a] - 1 && fromB >= 0 && fromB <= size[b] - 1;
                sources[voxel] =
                        inside
                                ? (int) Math.floor(fromA + 0.5) * stride[a]
                                        + (int) Math.floor(fromB + 0.5) * stride[b]
                                : -1;
            }
        }
        return sources;
    }

    private int[] targets(int[] size, int[] stride) {
        int a = FIRST_AXIS[plane];
        int b = SECOND_AXIS[plane];
        int[] targets = new int[size[a] * size[b]];
        for (int i = 0, voxel = 0; i < size[a]; i++) {
            for (int j = 0; j < size[b]; j++, voxel++) {
                targets[voxel] = i * stride[a] + j * stride[b];
            }
        }
        return targets;
    }

    private static void gather(
            float[] from, float[] to, int base, int[] sources, int[] targets, int n, int stride) {
        for (int voxel = 0; voxel < sources.length; voxel++) {
            int target = base + targets[voxel];
            int source = base + sources[voxel];
            boolean inside = sources[voxel] >= 0;
            for (int k = 0; k < n * stride; k += stride) {
                to[target + k] = inside ? from[source + k] : IMAGE_FILL;
            }
        }
    }

    private static void gather(
            byte[] from, byte[] to, int[] sources, int[] targets, int n, int stride) {
        for (int voxel = 0; voxel < sources.length; voxel++) {
            // What comes from outside keeps 0, the background.
            if (sources[voxel] >= 0) {
                for (int k = 0; k < n * stride; k += stride) {
                    to[targets[voxel] + k] = from[sources[voxel] + k];
                }
            }
        }
    }
}
