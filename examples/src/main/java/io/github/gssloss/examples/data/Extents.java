/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.data;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Small arithmetic on three-dimensional extents {x, y, z} in C order. */
final class Extents {

    private Extents() {}

    /** Returns the number of voxels; throws ArithmeticException beyond an int. */
    static int voxels(int... extent) {
        return Math.multiplyExact(Math.multiplyExact(extent[0], extent[1]), extent[2]);
    }

    /** Returns for example {@code 240 x 240 x 155}. */
    static String text(int... extent) {
        return Arrays.stream(extent).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
    }

    /** Returns {@code 80} for a cube, else as {@link #text}: the way crops are written. */
    static String cropText(int... crop) {
        return crop[0] == crop[1] && crop[1] == crop[2] ? Integer.toString(crop[0]) : text(crop);
    }

    /** Returns a copy of an extent after checking that it has three positive numbers. */
    static int[] require(String argument, int... extent) {
        if (extent.length != 3 || Arrays.stream(extent).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    argument
                            + ": expected three sizes of at least 1, got "
                            + Arrays.toString(extent));
        }
        return extent.clone();
    }

    /** Returns a crop after checking it, a single number standing for a cube. */
    static int[] requireCrop(String argument, int... crop) {
        return crop.length == 1
                ? require(argument, crop[0], crop[0], crop[0])
                : require(argument, crop);
    }

    /** Checks a number of things. */
    static void requirePositive(String argument, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(argument + ": expected at least 1, got " + value);
        }
    }
}
