/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks.uhved;

import ai.djl.ndarray.NDArray;

/** What the latents of a training pass are drawn with. */
@FunctionalInterface
public interface Noise {

    /**
     * Returns the noise of a level, drawn once for all decoders.
     *
     * @param level from 1, the full resolution, to 4
     * @param mean the mean of the latents (B, C, D, H, W), left open
     * @return a new array of its manager, shape and data type, which the network closes
     */
    NDArray draw(int level, NDArray mean);

    /**
     * Returns standard normal noise from the engine's generator, so that its seed decides.
     *
     * @return the noise
     */
    static Noise standardNormal() {
        return (level, mean) ->
                mean.getManager()
                        .randomNormal(
                                0f, 1f, mean.getShape(), mean.getDataType(), mean.getDevice());
    }
}
