/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.examples.config;

import io.github.gssloss.examples.networks.PaddingMode;

/**
 * The network and its size.
 *
 * @param name which network
 * @param width its basic width, the channels at full resolution: a multiple of 4, at least 4
 * @param padding what its convolutions see beyond the border
 */
public record ModelSettings(
        @Setting(fallback = "rfnet", help = "Network") NetworkKind name,
        @Setting(fallback = "16", help = "Channels at full resolution, a multiple of 4") int width,
        @Setting(fallback = "zeros", help = "What convolutions see beyond the border")
                PaddingMode padding) {

    /**
     * Checks every value.
     *
     * @param name which network
     * @param width its basic width, the channels at full resolution: a multiple of 4, at least 4
     * @param padding what its convolutions see beyond the border
     * @throws IllegalArgumentException if a value is outside its range; the message names it
     */
    public ModelSettings {
        Check.that(width >= 4 && width % 4 == 0, "width", "a multiple of 4 of at least 4", width);
    }
}
