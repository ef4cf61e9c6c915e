/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.prepare;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Small arithmetic on three-dimensional extents {x, y, z} in C order. */
public final class Extents {

    private Extents() {}

    /**
     * Returns the number of voxels.
     *
     * @param extent the sizes in voxels
     * @return their product
     * @throws ArithmeticException if it is beyond an int
     */
    public static int voxels(int... extent) {
        return Math.multiplyExact(Math.multiplyExact(extent[0], extent[1]), extent[2]);
    }

    /**
     * Writes sizes, for example {@code 240 x 240 x 155}.
     *
     * @param extent the sizes in voxels
     * @return the sizes with crosses between them
     */
    public static String text(int... extent) {
        return Arrays.stream(extent).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
    }

    /**
     * Writes a crop: {@code 80} for a cube, else as {@link #text}.
     *
     * @param crop three sizes in voxels
     * @return one number or three
     */
    public static String cropText(int... crop) {
        return crop[0] == crop[1] && crop[1] == crop[2] ? Integer.toString(crop[0]) : text(crop);
    }

    /**
     * Checks that an extent has three positive sizes.
     *
     * @param argument the name of the argument, for the message
     * @param extent the sizes in voxels
     * @return a copy of the sizes
     * @throws IllegalArgumentException if there are not three, or one is below 1
     */
    public static int[] require(String argument, int... extent) {
        if (extent.length != 3 || Arrays.stream(extent).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "%s: expected three sizes of at least 1, got %s"
                            .formatted(argument, Arrays.toString(extent)));
        }
        return extent.clone();
    }

    /**
     * Checks a crop; a single size stands for a cube. A size of 1 along one axis makes it a slice.
     *
     * @param argument the name of the argument, for the message
     * @param crop one size or three, in voxels
     * @return three sizes
     * @throws IllegalArgumentException if there are other than one or three, one is below 1, or
     *     more than one of them is 1
     */
    public static int[] requireCrop(String argument, int... crop) {
        int[] sizes = requireBox(argument, crop);
        if (Arrays.stream(sizes).filter(n -> n == 1).count() > 1) {
            throw new IllegalArgumentException(
                    "%s: expected one size of 1 at most, got %s"
                            .formatted(argument, Arrays.toString(sizes)));
        }
        return sizes;
    }

    /** Checks a size to reach as {@link #requireCrop} does, but any axis may ask for nothing. */
    static int[] requireBox(String argument, int... box) {
        return box.length == 1 ? require(argument, box[0], box[0], box[0]) : require(argument, box);
    }

    /**
     * Tells whether a crop is one slice.
     *
     * @param crop three sizes in voxels
     * @return whether one of them is 1
     */
    public static boolean isOneSlice(int... crop) {
        return Arrays.stream(crop).anyMatch(n -> n == 1);
    }

    /**
     * Checks that a number is at least 1.
     *
     * @param argument the name of the argument, for the message
     * @param value the number
     * @throws IllegalArgumentException if it is below 1
     */
    public static void requirePositive(String argument, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(argument + ": expected at least 1, got " + value);
        }
    }
}
