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
 * <p>A flat axis ({@link Axes}) stays as it is. Between voxels each other axis is one product with
 * an interpolation matrix, D first, then H, then W. The matrices of one forward pass are made once
 * per size and closed with the upsampler; what autograd needs of them it keeps.
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
    private final Axes axes;
    private final Map<Sizes, NDArray> matrices = new HashMap<>();

    /**
     * Creates an upsampler for the arrays of one forward pass.
     *
     * @param like an array of the manager, device and data type that the arrays will have
     * @param grid where its voxels are read
     * @param axes the axes that get larger
     */
    public Upsampler(NDArray like, Grid grid, Axes axes) {
        manager = like.getManager();
        dataType = like.getDataType();
        this.grid = grid;
        this.axes = axes;
    }

    /**
     * Upsamples the axes of the upsampler.
     *
     * @param x the array of shape (B, C, D, H, W), left open
     * @param factor how many times larger each axis gets, at least 1
     * @return the array of shape (B, C, factor D, factor H, factor W), a flat axis as it was
     */
    public NDArray apply(NDArray x, int factor) {
        Shape factors = axes.cube(factor);
        return grid == Grid.NEAREST ? repeated(x, factors) : interpolated(x, factors);
    }

    /** One copy: the voxel's own axes of length 1 are seen many times. */
    private static NDArray repeated(NDArray x, Shape factors) {
        long[] s = x.getShape().getShape();
        long[] f = factors.getShape();
        try (NDArray voxels = x.reshape(s[0], s[1], s[2], 1, s[3], 1, s[4], 1);
                NDArray blocks = voxels.broadcast(s[0], s[1], s[2], f[0], s[3], f[1], s[4], f[2])) {
            return blocks.reshape(s[0], s[1], f[0] * s[2], f[1] * s[3], f[2] * s[4]);
        }
    }

    private NDArray interpolated(NDArray x, Shape factors) {
        Shape shape = x.getShape();
        long images = shape.get(0) * shape.get(1);
        long d = shape.get(2);
        long h = shape.get(3);
        long w = shape.get(4);
        long moreD = factors.get(0) * d;
        long moreH = factors.get(1) * h;
        long moreW = factors.get(2) * w;
        // Reshaping contiguous arrays costs nothing, and a product keeps neither operand: the wide
        // arrays between the axes are freed at once.
        try (NDArray planes = x.reshape(images, d, h * w);
                NDArray deep = enlarged(planes, d, moreD);
                NDArray rows = deep.reshape(images * moreD, h, w);
                NDArray high = enlarged(rows, h, moreH);
                NDArray lines = high.reshape(images * moreD * moreH, w);
                NDArray wide = widened(lines, w, moreW)) {
            return wide.reshape(shape.get(0), shape.get(1), moreD, moreH, moreW);
        }
    }

    /** From (n, from, m) to (n, to, m). */
    private NDArray enlarged(NDArray x, long from, long to) {
        return from == to ? x.reshape(x.getShape()) : matrix(from, to).matMul(x);
    }

    /** From (n, from) to (n, to). */
    private NDArray widened(NDArray x, long from, long to) {
        if (from == to) {
            return x.reshape(x.getShape());
        }
        try (NDArray transposed = matrix(from, to).transpose()) {
            return x.matMul(transposed);
        }
    }

    /**
     * Upsamples and closes the input.
     *
     * @param x the array of shape (B, C, D, H, W), closed afterwards
     * @param factor how many times larger each axis gets, at least 1
     * @return the array of shape (B, C, factor D, factor H, factor W), a flat axis as it was
     */
    public NDArray pass(NDArray x, int factor) {
        try (x) {
            return apply(x, factor);
        }
    }

    private NDArray matrix(long from, long to) {
        return matrices.computeIfAbsent(new Sizes(from, to), this::create);
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
