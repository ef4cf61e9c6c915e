/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The axes that a network works along: D, H and W, or two of them. Along the third, the flat one,
 * images have one voxel, and every kernel, stride and pooling window has an extent of one, so that
 * the network is two-dimensional. Whatever has an extent along each axis gets it from here.
 */
public enum Axes {
    /** D, H and W. */
    ALL,
    /** H and W. */
    FLAT_D,
    /** D and W. */
    FLAT_H,
    /** D and H. */
    FLAT_W;

    private static final List<String> NAMES = List.of("D", "H", "W");

    /**
     * Returns the axes of a network that leaves one alone.
     *
     * @param axis the flat axis: 0 for D, 1 for H, 2 for W
     * @return the other two
     * @throws IllegalArgumentException if there is no such axis
     */
    public static Axes flat(int axis) {
        if (axis < 0 || axis >= NAMES.size()) {
            throw new IllegalArgumentException(
                    "flat axis: expected 0 (D), 1 (H) or 2 (W), got " + axis);
        }
        return values()[axis + 1];
    }

    /**
     * Tells whether the network works along an axis.
     *
     * @param axis 0 for D, 1 for H, 2 for W
     * @return false for the flat axis
     */
    public boolean contain(int axis) {
        return ordinal() != axis + 1;
    }

    /**
     * Returns the extents of something that is as long along each axis.
     *
     * @param extent how long
     * @return extent^3, but 1 along the flat axis
     */
    public Shape cube(long extent) {
        return each(extent, 1);
    }

    /**
     * Returns how many voxels are added on both sides of each axis.
     *
     * @param voxels how many
     * @return as many along each axis, but none along the flat axis
     */
    public Shape padding(long voxels) {
        return each(voxels, 0);
    }

    private Shape each(long along, long flat) {
        return new Shape(
                IntStream.range(0, NAMES.size())
                        .mapToLong(axis -> contain(axis) ? along : flat)
                        .toArray());
    }

    /**
     * Enlarges an image.
     *
     * @param image a shape (..., D, H, W)
     * @param factor how many times larger each axis gets, the flat one excepted
     * @return the shape
     */
    public Shape enlarged(Shape image, long factor) {
        return resized(image, cube(factor), cube(1));
    }

    /**
     * Makes an image smaller.
     *
     * @param image a shape (..., D, H, W)
     * @param factor how many times smaller each axis gets, rounded down, the flat one excepted
     * @return the shape
     */
    public Shape reduced(Shape image, long factor) {
        return resized(image, cube(1), cube(factor));
    }

    private static Shape resized(Shape image, Shape times, Shape over) {
        long[] sizes = image.getShape().clone();
        int first = sizes.length - NAMES.size();
        for (int axis = 0; axis < NAMES.size(); axis++) {
            sizes[first + axis] = sizes[first + axis] * times.get(axis) / over.get(axis);
        }
        return new Shape(sizes);
    }

    /**
     * Tells whether an image (B, M, D, H, W) has allowed sides, and one voxel along a flat axis.
     */
    boolean fit(Shape image, AllowedSides sides) {
        return IntStream.range(0, NAMES.size())
                .allMatch(
                        axis -> {
                            long side = image.get(axis + 2);
                            return contain(axis) ? sides.fits().test(side) : side == 1;
                        });
    }

    /** Names the sides of an image, "D, H, W", with 1 for a flat one. */
    String sides() {
        return IntStream.range(0, NAMES.size())
                .mapToObj(axis -> contain(axis) ? NAMES.get(axis) : "1")
                .collect(Collectors.joining(", "));
    }

    /** Names the axes, "D, H, W" without a flat one. */
    String names() {
        return IntStream.range(0, NAMES.size())
                .filter(this::contain)
                .mapToObj(NAMES::get)
                .collect(Collectors.joining(", "));
    }
}
