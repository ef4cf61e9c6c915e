/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * The distillation loss of a batch and its gradients.
 *
 * @param loss L<sub>kd</sub>, a scalar: the divergence summed over branches and kept voxels, over
 *     the number of voxels of the batch; without &beta; and &tau;<sup>2</sup>
 * @param gradients dL<sub>kd</sub> / d(logits) of every branch, each of the branch's shape and
 *     type, but float32 for float16; without &beta; and &tau;<sup>2</sup>. Half precision would
 *     round most of them to 0 before they are weighted
 */
public record DistillationResult(NDArray loss, NDList gradients) implements AutoCloseable {

    /**
     * Creates a result.
     *
     * @param loss L<sub>kd</sub>, a scalar
     * @param gradients dL<sub>kd</sub> / d(logits) of every branch
     * @throws IllegalArgumentException if one of them is missing
     */
    public DistillationResult {
        Arguments.requireNonNull("loss", loss);
        Arguments.requireNonNull("gradients", gradients);
    }

    /** Frees all arrays. */
    @Override
    public void close() {
        loss.close();
        gradients.close();
    }
}
