/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import java.util.function.LongPredicate;

/**
 * How many voxels the images of a network may have along an axis that is not flat ({@link Axes}).
 *
 * @param fits tells whether they may have so many
 * @param description which those are, as it may follow "with D, H, W" or "with H, W"
 */
public record AllowedSides(LongPredicate fits, String description) {

    /**
     * Allows the multiples of a number.
     *
     * @param divisor the number
     * @param smallest the smallest side
     * @return the sides
     */
    public static AllowedSides multiplesOf(int divisor, int smallest) {
        return new AllowedSides(
                side -> side >= smallest && side % divisor == 0,
                "divisible by " + divisor + " and at least " + smallest);
    }
}
