/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.imaging.segment;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/** A network as the evaluation sees it: images and the modalities it may use, to probabilities. */
@FunctionalInterface
public interface Segmenter {

    /**
     * Segments windows of one size. What it computes should land on the manager of {@code image},
     * which is closed once the result was read.
     *
     * @param image the z-scored modalities, (B, 4, D, H, W), float32
     * @param subset true where the modality may be used, (B, 4), boolean
     * @return class probabilities, (B, N, D, H, W), float32
     */
    NDArray probabilities(NDArray image, NDArray subset);

    /**
     * Looks at windows that will be segmented with several subsets. A network that can compute a
     * part of its work from the images alone, such as its encoders, overrides this to do it once.
     *
     * @param image as in {@link #probabilities}
     * @return from a subset to probabilities as in {@link #probabilities}, used before the manager
     *     of {@code image} is closed
     */
    default UnaryOperator<NDArray> prepare(NDArray image) {
        return subset -> probabilities(image, subset);
    }
}
