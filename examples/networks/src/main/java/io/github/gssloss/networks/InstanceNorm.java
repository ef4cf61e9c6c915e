/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Instance norm without scale, shift or running statistics: (x - mean) / sqrt(variance + 1e-5),
 * mean and population variance over the voxels of each sample and channel.
 *
 * <p>The engine has no such operation. Seen as layer norm of B * C rows it is the same formula, and
 * on the CPU its forward pass takes about half the time of a batch norm of B * C channels.
 */
public final class InstanceNorm {

    private static final float EPSILON = 1e-5f;

    private InstanceNorm() {}

    /**
     * Normalises every sample and channel on its own.
     *
     * @param x the input of shape (B, C, spatial...)
     * @return the normalised array of the same shape
     */
    public static NDArray apply(NDArray x) {
        return apply(x, EPSILON);
    }

    /**
     * Normalises every sample and channel on its own.
     *
     * @param x the input of shape (B, C, spatial...)
     * @param epsilon what is added to the variance
     * @return the normalised array of the same shape
     */
    public static NDArray apply(NDArray x, float epsilon) {
        Shape shape = x.getShape();
        long rows = shape.get(0) * shape.get(1);
        Shape voxels = new Shape(shape.size() / rows);
        NDManager manager = x.getManager();
        // The engine asks for a scale and a shift of every voxel: one number each, seen many times.
        try (NDArray one = manager.ones(new Shape(1), x.getDataType());
                NDArray zero = manager.zeros(new Shape(1), x.getDataType());
                NDArray scale = one.broadcast(voxels);
                NDArray shift = zero.broadcast(voxels);
                NDArray flat = x.reshape(rows, voxels.get(0));
                NDArray normal =
                        x.getNDArrayInternal()
                                .layerNorm(flat, voxels, scale, shift, epsilon)
                                .singletonOrThrow()) {
            return normal.reshape(shape);
        }
    }
}
