/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

/**
 * The levels of a network: level 1 has the full resolution, every further one half the resolution
 * and twice the channels of the one before.
 *
 * @param levels how many there are
 * @param width the channels of level 1
 */
public record Pyramid(int levels, int width) {

    /**
     * Returns the channels of a level.
     *
     * @param level 1 to {@link #levels()}
     * @return the channels
     */
    public int channels(int level) {
        return width << (level - 1);
    }
}
