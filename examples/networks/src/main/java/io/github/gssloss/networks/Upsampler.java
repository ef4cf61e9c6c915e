/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * Upsampling by whole factors, linear along each axis between the voxels of the input. Where voxel
 * i of an enlarged axis of n is read says the {@link Grid}.
 *
 * <p>Between voxels each axis is one product with an interpolation matrix, D first, then H, then W.
 * The matrices of one forward pass are made once per size and closed with the upsampler; what
 * autograd needs of them it keeps.
 */
public final class Upsampler implements AutoCloseable {

    /** Where a voxel of the output is read. */
    public enum Grid {
        /** Both ends stay in place (align_corners): voxel i at i (n - 1) / (factor n - 1). */
        BOTH_ENDS,
        /** The first stays: voxel i at i / factor, beyond the last voxel at that voxel. */
        FIRST,
        /** Every voxel is repeated: voxel i at the whole part of i / factor. */
        NEAREST
    }

    private record Sizes(long from, long to) {}

    private final NDManager manager;
    private final DataType dataType;
    private final Grid grid;
    private final Map<Sizes, NDArray> matrices = new HashMap<>();

    /**
     * Creates an upsampler that keeps both ends, for the arrays of one forward pass.
     *
     * @param like an array of the manager, device and data type that the arrays will have
     */
    public Upsampler(NDArray like) {
        this(like, Grid.BOTH_ENDS);
    }

    /**
     * Creates an upsampler for the arrays of one forward pass.
     *
     * @param like an array of the manager, device and data type that the arrays will have
     * @param grid where its voxels are read
     */
    public Upsampler(NDArray like, Grid grid) {
        manager = like.getManager();
        dataType = like.getDataType();
        this.grid = grid;
    }

    /**
     * Upsamples the three spatial axes.
     *
     * @param x the array of shape (B, C, D, H, W), left open
     * @param factor how many times larger each axis gets, at least 1
     * @return the array of shape (B, C, factor D, factor H, factor W)
     */
    public NDArray apply(NDArray x, int factor) {
        return grid == Grid.NEAREST ? repeated(x, factor) : interpolated(x, factor);
    }

    /** One copy: the voxel's own axes of length 1 are seen many times. */
    private static NDArray repeated(NDArray x, int factor) {
        long[] s = x.getShape().getShape();
        try (NDArray voxels = x.reshape(s[0], s[1], s[2], 1, s[3], 1, s[4], 1);
                NDArray blocks =
                        voxels.broadcast(s[0], s[1], s[2], factor, s[3], factor, s[4], factor)) {
            return blocks.reshape(s[0], s[1], factor * s[2], factor * s[3], factor * s[4]);
        }
    }

    private NDArray interpolated(NDArray x, int factor) {
        Shape shape = x.getShape();
        long images = shape.get(0) * shape.get(1);
        long d = shape.get(2);
        long h = shape.get(3);
        long w = shape.get(4);
        // Reshaping contiguous arrays costs nothing, and a product keeps neither operand: the wide
        // arrays between the axes are freed at once.
        try (NDArray planes = x.reshape(images, d, h * w);
                NDArray deep = matrix(d, factor).matMul(planes);
                NDArray rows = deep.reshape(images * factor * d, h, w);
                NDArray high = matrix(h, factor).matMul(rows);
                NDArray lines = high.reshape(images * factor * d * factor * h, w);
                NDArray transposed = matrix(w, factor).transpose();
                NDArray wide = lines.matMul(transposed)) {
            return wide.reshape(shape.get(0), shape.get(1), factor * d, factor * h, factor * w);
        }
    }

    /**
     * Upsamples and closes the input.
     *
     * @param x the array of shape (B, C, D, H, W), closed afterwards
     * @param factor how many times larger each axis gets, at least 1
     * @return the array of shape (B, C, factor D, factor H, factor W)
     */
    public NDArray pass(NDArray x, int factor) {
        try (x) {
            return apply(x, factor);
        }
    }

    private NDArray matrix(long from, int factor) {
        return matrices.computeIfAbsent(new Sizes(from, factor * from), this::create);
    }

    private NDArray create(Sizes sizes) {
        int from = Math.toIntExact(sizes.from());
        int to = Math.toIntExact(sizes.to());
        double[] weights = new double[from * to];
        for (int i = 0; i < to; i++) {
            double position = position(i, from, to);
            int below = (int) position;
            double share = position - below;
            weights[i * from + below] += 1 - share;
            weights[i * from + Math.min(below + 1, from - 1)] += share;
        }
        // The copy belongs to the engine: autograd would not keep the Java buffer alive.
        try (NDArray java = manager.create(weights, new Shape(to, from));
                NDArray typed = java.toType(dataType, true)) {
            return typed.duplicate();
        }
    }

    private double position(int i, int from, int to) {
        if (grid == Grid.FIRST) {
            return (double) i * from / to;
        }
        return to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
    }

    /** Closes the interpolation matrices. */
    @Override
    public void close() {
        matrices.values().forEach(NDArray::close);
        matrices.clear();
    }
}
